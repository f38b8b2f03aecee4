using SeedOrleans.Engine.Data.Tasks.Judging;

namespace SeedOrleans.Engine.Tests.Data.Tasks.Judging;

public sealed class CompactPromptsTests
{
    [Theory]
    [InlineData("3/4", "0.75", "3/4~0.75=")]
    [InlineData(" x=3 ", "a~b|c;d", "x:3~a-b/c,d=")]
    [InlineData("1\n2", "", "1 2~=")]
    public void Equivalence(string reference, string answer, string expected) => Assert.Equal(expected, CompactPrompts.Equivalence(reference, answer));

    [Theory]
    [InlineData("47+85=", "132", "133", "47+85|132|133=")]
    [InlineData("a|b=", "=;", "~", "a/b|:,|-=")]
    public void Preference(string question, string first, string second, string expected) => Assert.Equal(expected, CompactPrompts.Preference(question, first, second));
}
