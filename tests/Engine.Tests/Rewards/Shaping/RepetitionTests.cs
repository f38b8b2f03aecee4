using SeedOrleans.Engine.Rewards.Shaping;

namespace SeedOrleans.Engine.Tests.Rewards.Shaping;

public sealed class RepetitionTests
{
    [Fact]
    public void What_never_recurs_is_none() => Assert.Equal(0, Repetition.Of([.. Enumerable.Range(0, 50)]));

    [Fact]
    public void Half_of_a_text_that_is_said_twice_is_said_again() =>
        // 20 tokens twice have 33 runs of 8, of which the last 13 occurred before.
        Assert.Equal(13.0 / 33, Repetition.Of([.. Enumerable.Range(0, 20), .. Enumerable.Range(0, 20)]));

    [Fact]
    public void One_token_for_ever_is_all() => Assert.Equal(92.0 / 93, Repetition.Of([.. Enumerable.Repeat(7, 100)]));

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Short_responses_have_none(int length) => Assert.Equal(0, Repetition.Of([.. Enumerable.Repeat(7, length)]));
}
