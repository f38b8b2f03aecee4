using SeedOrleans.Engine.Rewards;

namespace SeedOrleans.Engine.Tests.Rewards;

public sealed class ReferenceReadingTests
{
    [Theory]
    [InlineData("math", "\\frac{1}{2}")]
    [InlineData("math", "$\\boxed{2\\sqrt{3}}$")]
    [InlineData("rule", "2/4")]
    [InlineData("rule", "(1,2]")]
    [InlineData("rule", "x^2+1")]
    [InlineData("rule", "\\text{east}")]
    [InlineData("rule", "1,000 km")]
    [InlineData("rule", "B")]
    [InlineData("code", """{"inputs":["1\n"],"outputs":["2\n"]}""")]
    [InlineData("code", "assert f(1) == 2")]
    [InlineData("task:addition", "12")]
    [InlineData("judge", "anything at all")]
    public void What_can_be_judged_by_has_no_problem(string style, string reference) => Assert.Null(ReferenceReading.FindProblem(style, reference));

    [Theory]
    [InlineData("math", "$$", "empty")]
    [InlineData("math", "\\frac{1}{", "notation")]
    [InlineData("math", "1 = 2 = 3", "does not equal itself")]
    [InlineData("code", "print(1)", "neither JSON nor a statement that asserts")]
    [InlineData("code", """{"inputs":["1"],"outputs":[]}""", "1 inputs and 0 outputs")]
    [InlineData("task:sudoku", "12", "not such a puzzle")]
    public void What_cannot_has_one(string style, string reference, string words) =>
        Assert.Contains(words, ReferenceReading.FindProblem(style, reference), StringComparison.Ordinal);

    [Fact]
    public void A_long_reference_is_not_read() => Assert.Contains("longer than 3000", ReferenceReading.FindProblem("math", new string('1', 3001)), StringComparison.Ordinal);
}
