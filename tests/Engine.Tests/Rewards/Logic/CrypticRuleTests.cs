namespace SeedOrleans.Engine.Tests.Rewards.Logic;

/// <summary>Known puzzles: right answers of several forms, and a near miss for each rule.</summary>
public sealed class CrypticRuleTests
{
    [Theory]
    [InlineData("anagram", "wlocwo:cat,cow,owl,dog", "cow-owl", null)]
    [InlineData("anagram", "wlocwo:cat,cow,owl,dog", "owl-cow", null)]
    [InlineData("anagram", "tesa:seat,east,teas", "teas", null)] // each of the three is right
    [InlineData("anagram", "tesa:seat,east,teas", "eats", "not in the list")]
    [InlineData("anagram", "wlocwo:cat,cow,owl,dog", "cow", "exactly the given letters")]
    [InlineData("anagram", "wlocwo:cat,cow,owl,dog", "cow-cow", "twice")]
    [InlineData("anagram", "wlocwo:cat,cow,owl,dog", "cow-owl-", "not in the list")]
    [InlineData("caesar", "cow", "cow", null)]
    [InlineData("caesar", "cow", "Cow", "not cow")]
    [InlineData("run-length", "aaabcbc", "aaabcbc", null)]
    [InlineData("rail-fence", "gardens", "garden", "not gardens")]
    public void Judges(string task, string puzzle, string answer, string? broken) => Rules.Check(task, puzzle, answer, broken);
}
