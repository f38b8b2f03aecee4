using SeedOrleans.Engine.Data.Cleaning;

namespace SeedOrleans.Engine.Tests.Data.Cleaning;

public sealed class NormalizedTextTests
{
    [Theory]
    [InlineData("  What is\n\t1 + 2? ", "what is 1 + 2?")]
    [InlineData("ＷＨＡＴ　ｉｓ １＋２？", "what is 1+2?")]
    [InlineData("ﬁnd x²", "find x2")]
    [InlineData("", "")]
    public void Typesetting_says_nothing(string text, string normalized) => Assert.Equal(normalized, NormalizedText.Of(text));

    [Fact]
    public void Signs_do() => Assert.NotEqual(NormalizedText.Of("1+2"), NormalizedText.Of("1-2"));

    [Fact]
    public void Half_a_character_is_no_reason_to_stop() => Assert.Equal("a\uFFFD", NormalizedText.Of("A\uD800"));

    [Fact]
    public void Words_have_no_punctuation() => Assert.Equal(["dont", "stop", "twentyone"], NormalizedText.Words("Don't — stop, (twenty-one)!"));
}
