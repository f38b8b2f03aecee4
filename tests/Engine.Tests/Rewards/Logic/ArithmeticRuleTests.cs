namespace SeedOrleans.Engine.Tests.Rewards.Logic;

/// <summary>Known puzzles: right answers of several forms, and a near miss for each rule.</summary>
public sealed class ArithmeticRuleTests
{
    [Theory]
    [InlineData("countdown", "3,7,2>13", "3*2+7", null)]
    [InlineData("countdown", "3,7,2>13", "7+2*3", null)]
    [InlineData("countdown", "3,7,2>10", "7+3", null)] // one number is left over
    [InlineData("countdown", "3,7,2>13", "3*2+8", "uses 8")]
    [InlineData("countdown", "3,7,2>12", "3+7+2", null)]
    [InlineData("countdown", "3,7,2>13", "3+7+2", "does not reach 13")]
    [InlineData("countdown", "3,7,2", "3*2+7", "not such a puzzle")]
    [InlineData("make-24", "4,7,8>24", "(7-4)*8", null)]
    [InlineData("make-24", "4,7,8>24", "8*(7-4)", null)]
    [InlineData("make-24", "3,3,8,8>24", "8/(3-8/3)", null)] // fractions on the way
    [InlineData("make-24", "4,6,1>24", "4*6", "leaves out 1")]
    [InlineData("make-24", "4,6,1>24", "4*6*1*1", "uses 1")]
    [InlineData("make-24", "4,6,1>24", "46", "uses 46")]
    [InlineData("make-24", "4,6,1>24", "24", "uses 24")]
    [InlineData("missing-operators", "2?3?4>14", "2+3*4", null)]
    [InlineData("missing-operators", "2?2?1>4", "2+2*1", null)]
    [InlineData("missing-operators", "2?2?1>4", "2*2*1", null)]
    [InlineData("missing-operators", "2?3?4>20", "2+3*4", "does not reach 20")] // products first
    [InlineData("missing-operators", "2?3?4>14", "2+4*3", "where the row has")]
    [InlineData("missing-operators", "2?3?4>14", "2+3*4+0", "not of the form")]
    [InlineData("missing-operators", "8?2?4>1", "8/2/4", "place of a sign")]
    [InlineData("missing-operators", "1?2>-1", "1-2", null)]
    [InlineData("cryptarithm", "ab+cb>dce", "95+25>120", null)]
    [InlineData("cryptarithm", "ab+cb>dce", "15+35>50", "not of the form")]
    [InlineData("cryptarithm", "ab+ab>cdb", "70+70>140", null)]
    [InlineData("cryptarithm", "ab+ab>cdb", "60+60>120", null)]
    [InlineData("cryptarithm", "ab+ab>cdb", "50+50>100", "stand for the same digit")]
    [InlineData("cryptarithm", "ab+ab>cdb", "50+60>110", "stands for two digits")]
    [InlineData("cryptarithm", "ab+ab>cdb", "60+60>130", "sum is not true")]
    [InlineData("cryptarithm", "ab+ab>cdb", "60+60<120", "where the sum has")]
    [InlineData("cryptarithm", "ab+cd>ae", "12+05>17", "begins with 0")]
    [InlineData("factorization", "60", "2*2*3*5", null)]
    [InlineData("factorization", "60", "5*3*2*2", null)]
    [InlineData("factorization", "13", "13", null)]
    [InlineData("factorization", "60", "4*3*5", "4 is not prime")]
    [InlineData("factorization", "60", "1*2*2*3*5", "1 is not prime")]
    [InlineData("factorization", "60", "2*3*5", "product is not 60")]
    [InlineData("factorization", "60", "2*2*3*5*7", "product is not 60")]
    [InlineData("factorization", "60", "2*2*3*05", "no factor")]
    [InlineData("base-conversion", "102", "102", null)]
    [InlineData("base-conversion", "102", "0102", "not 102")]
    public void Judges(string task, string puzzle, string answer, string? broken) => Rules.Check(task, puzzle, answer, broken);
}
