using SeedOrleans.Engine.Rewards.Shaping;

namespace SeedOrleans.Engine.Tests.Rewards.Shaping;

public sealed class RestatementTests
{
    [Theory]
    [InlineData("Expand $(x+1)^2$.", "expand (x+1)^2", true)]
    [InlineData("Expand $(x+1)^2$.", "<think>x^2?</think> Expand $(x + 1)^2$!", true)]
    [InlineData("What is 1234+1?", "1234", true)]
    [InlineData("What is 1234+1?", "1235", false)]
    [InlineData("What is 12+1?", "12", false)] // too short to tell
    [InlineData("Expand $(x+1)^2$.", "x^2+2x+1", false)]
    [InlineData("Expand $(x+1)^2$.", "", false)]
    public void Is_what_has_nothing_but_the_question(string question, string response, bool expected) =>
        Assert.Equal(expected, Restatement.IsOne(question, response));
}
