using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Algorithms;

namespace SeedOrleans.Engine.Tests.Algorithms;

public sealed class LearningRateTests
{
    private static readonly OptimizerSpec Cosine = new()
    {
        LearningRate = 2e-5,
        WarmupSteps = 4,
        Schedule = LearningRateSchedule.Cosine,
        FinalFraction = 0.1,
    };

    /// <summary>13 steps: 4 of warm-up, then the quarters of half a cosine fall on steps 4, 6, 8, 10 and 12.</summary>
    [Theory]
    [InlineData(0, 0.5e-5)]
    [InlineData(1, 1e-5)]
    [InlineData(3, 2e-5)]
    [InlineData(4, 2e-5)]
    [InlineData(6, 1.7363961030678928e-5)] // 2e-5·(0.1 + 0.9·(1 + √½)/2)
    [InlineData(8, 1.1e-5)]
    [InlineData(12, 0.2e-5)]
    [InlineData(40, 0.2e-5)]
    public void Worked_example_of_a_cosine(int step, double expected) =>
        Assert.Equal(expected, LearningRate.At(Cosine, step, totalSteps: 13), 1e-15);

    [Theory]
    [InlineData(0, 0.25)]
    [InlineData(3, 1)]
    [InlineData(12, 1)]
    public void A_constant_rate_only_warms_up(int step, double fraction) =>
        Assert.Equal(
            2e-5 * fraction,
            LearningRate.At(Cosine with { Schedule = LearningRateSchedule.Constant }, step, totalSteps: 13),
            1e-15);

    [Fact]
    public void Without_warm_up_the_first_step_has_the_full_rate() =>
        Assert.Equal(2e-5, LearningRate.At(Cosine with { WarmupSteps = 0 }, 0, totalSteps: 1));

    [Fact]
    public void Every_step_of_every_length_has_a_finite_rate() =>
        Assert.All(
            from warmup in Enumerable.Range(0, 6)
            from total in Enumerable.Range(1, 6)
            from step in Enumerable.Range(0, 8)
            select LearningRate.At(Cosine with { WarmupSteps = warmup }, step, total),
            rate => Assert.InRange(rate, 0.2e-5 - 1e-15, 2e-5));

    [Fact]
    public void Impossible_steps_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRate.At(Cosine, -1, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRate.At(Cosine, 0, 0));
    }
}
