namespace SeedOrleans.Engine.Tests.Rewards.Logic;

/// <summary>Known puzzles: right answers of several forms, and a near miss for each rule.</summary>
public sealed class LogicRuleTests
{
    [Theory]
    [InlineData("knights-and-knaves", "a:!b,b:(a|b)", "nk", null)]
    [InlineData("knights-and-knaves", "a:!b,b:(!a&b)", "nk", null)]
    [InlineData("knights-and-knaves", "a:!b,b:(!a&b)", "kn", null)] // both are consistent
    [InlineData("knights-and-knaves", "a:!b,b:(!a&b)", "kk", "a's statement is false")]
    [InlineData("knights-and-knaves", "a:!b,b:(!a&b)", "nn", "a's statement is true")]
    [InlineData("knights-and-knaves", "a:(b~c),b:(a>c),c:!a", "nkk", "a's statement is true")]
    [InlineData("knights-and-knaves", "a:!b,b:a", "k", "not 2 letters")]
    [InlineData("knights-and-knaves", "a:!b,b:a", "knk", "not 2 letters")]
    [InlineData("knights-and-knaves", "a:!b,b:a", "KN", "not 2 letters")]
    [InlineData("knights-and-knaves", "a:!c,b:a", "kn", "not such a puzzle")]
    [InlineData("knights-and-knaves", "a:(b,b:a", "kn", "not such a puzzle")]
    [InlineData("ordering", "abc:c<a,b|c,b1", "bca", null)]
    [InlineData("ordering", "abc:c<a,b|c", "cba", null)] // without the last clue there are two
    [InlineData("ordering", "abc:c<a,b|c,b1", "cba", "b1 does not hold")]
    [InlineData("ordering", "abc:c<a,b|c,b1", "bac", "c<a does not hold")]
    [InlineData("ordering", "abc:c<a,b|c", "cab", "b|c does not hold")]
    [InlineData("ordering", "abc:c<a,b|c,b1", "bc", "each of abc once")]
    [InlineData("ordering", "abc:c<a,b|c,b1", "bcc", "each of abc once")]
    [InlineData("zebra", "abc/pqr:a=q,b<p,r3", "bac/pqr", "b<p does not hold")]
    [InlineData("zebra", "abc/pqr:a=q,b<q,r3", "bac/pqr", null)]
    [InlineData("zebra", "abc/pqr:a=q,b<q,r3", "bac/qpr", "a=q does not hold")]
    [InlineData("zebra", "abc/pqr:a=q,b<q,r3", "bac", "does not have 2 rows")]
    [InlineData("zebra", "abc/pqr:a=q,b<q,r3", "pqr/bac", "each of abc once")]
    [InlineData("zebra", "abc/pq:a=q", "abc/pq", "not such a puzzle")]
    [InlineData("truth-table", "1110", "1110", null)]
    [InlineData("truth-table", "1110", "1111", "not 1110")]
    [InlineData("satisfiability", "aBc,bcA", "101", null)]
    [InlineData("satisfiability", "aBc,bcA", "000", null)]
    [InlineData("satisfiability", "aBc,bcA", "100", "bcA is false")]
    [InlineData("satisfiability", "aBc,bcA", "1", "not 3 digits")]
    [InlineData("satisfiability", "aBc,bcA", "1010", "not 3 digits")]
    [InlineData("mastermind", "4:12>01,33>00", "24", null)]
    [InlineData("mastermind", "4:12>01,33>00", "41", null)]
    [InlineData("mastermind", "4:12>01,33>00", "14", "12 would have other marks")]
    [InlineData("mastermind", "4:12>01,33>00", "23", "33 would have other marks")]
    [InlineData("mastermind", "4:12>01,33>00", "25", "not 2 digits from 1 to 4")]
    [InlineData("mastermind", "4:12>01,33>00", "244", "not 2 digits from 1 to 4")]
    [InlineData("mastermind", "6:1122>02", "3411", null)]
    [InlineData("mastermind", "6:1122>02", "1133", "other marks")]
    public void Judges(string task, string puzzle, string answer, string? broken) => Rules.Check(task, puzzle, answer, broken);
}
