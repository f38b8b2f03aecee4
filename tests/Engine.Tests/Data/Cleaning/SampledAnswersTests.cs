using SeedOrleans.Engine.Data.Cleaning;

namespace SeedOrleans.Engine.Tests.Data.Cleaning;

public sealed class SampledAnswersTests
{
    [Theory]
    [InlineData("RRRR", true, false)]
    [InlineData("RRR", false, false)]
    [InlineData("RRRRRRRx", false, false)]
    [InlineData("xyzw", false, true)]
    [InlineData("xyz", false, false)]
    public void The_worst_of_them_says_whether_a_question_is_too_easy(string samples, bool easy, bool hopeless)
    {
        var answers = Of(samples);

        Assert.Equal((easy, hopeless), (answers.IsTooEasy(), answers.IsHopeless()));
    }

    [Theory]
    [InlineData("xxxx", "x")]
    [InlineData("xxXxR", "x")]
    [InlineData("xxxyR", null)]
    [InlineData("xxx", null)]
    [InlineData("xxyy", null)]
    [InlineData("RRRR", null)]
    [InlineData("----", null)]
    [InlineData("xxxx-", "x")]
    public void Most_must_agree_on_one_wrong_answer(string samples, string? answer) =>
        Assert.Equal(answer, Of(samples).FindAgreedWrong(0.8, (first, second) => first.Equals(second, StringComparison.OrdinalIgnoreCase))?.Answer);

    [Fact]
    public void The_share_is_of_all_samples() =>
        Assert.Equal(0.6, Of("xxxyR").FindAgreedWrong(0.6, string.Equals)?.Share);

    /// <param name="samples">R is right, - is no answer, anything else a wrong one.</param>
    private static SampledAnswers Of(string samples) =>
        new([.. samples.Select(sample => new SampledAnswer(sample == 'R', sample == '-' ? "" : sample.ToString()))]);
}
