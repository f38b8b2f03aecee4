namespace SeedOrleans.Engine.Tests.Rewards.Logic;

/// <summary>These tasks have one right answer each, to be given as it is.</summary>
public sealed class SequentialRuleTests
{
    [Theory]
    [InlineData("word-sort", "cat,cow,dog", "cat,cow,dog", null)]
    [InlineData("word-sort", "cat,cow,dog", "cat,dog,cow", "not cat,cow,dog")]
    [InlineData("brackets", ")]", ")]", null)]
    [InlineData("brackets", ")]", "])", "not )]")]
    [InlineData("stack-machine", "2.-7", "2.-7", null)]
    [InlineData("stack-machine", "2.-7", "2.7", "not 2.-7")]
    [InlineData("transducer", "xxz", "xxz", null)]
    [InlineData("swaps", "cdab", "cdab", null)]
    [InlineData("swaps", "cdab", "cdba", "not cdab")]
    [InlineData("robot-walk", "2.4n", "2.4n", null)]
    [InlineData("robot-walk", "2.4n", "2.4", "not 2.4n")]
    [InlineData("calendar", "2024-03-03", "2024-03-03", null)]
    [InlineData("calendar", "2024-03-03", "2024-3-3", "not 2024-03-03")]
    public void Judges(string task, string groundTruth, string answer, string? broken) => Rules.Check(task, groundTruth, answer, broken);
}
