using CsCheck;
using SeedOrleans.Engine.Algorithms;

namespace SeedOrleans.Engine.Tests.Algorithms;

public sealed class GroupRelativeAdvantageTests
{
    /// <summary>The rewards of one group.</summary>
    private static readonly Gen<double[]> Group = Gen.Double[-2, 2].Array[2, 16];

    [Fact]
    public void Worked_example()
    {
        // One right answer in four: mean −1/2, deviation √3/2.
        var advantages = GroupRelativeAdvantage.Compute([1, -1, -1, -1], normalizeByDeviation: true);

        Assert.Equal(Math.Sqrt(3), advantages[0], 1e-5);
        Assert.All(advantages[1..], advantage => Assert.Equal(-1 / Math.Sqrt(3), advantage, 1e-5));
    }

    [Fact]
    public void Worked_example_without_deviation() =>
        Assert.Equal([1.5, -0.5, -0.5, -0.5], GroupRelativeAdvantage.Compute([1, -1, -1, -1], normalizeByDeviation: false));

    [Theory]
    [InlineData(1.0, 5)]
    [InlineData(0.1, 3)] // (0.1 + 0.1 + 0.1) / 3 is not 0.1
    [InlineData(-0.7, 7)]
    [InlineData(3.0, 1)]
    [InlineData(3.0, 0)]
    public void A_group_of_equal_rewards_has_no_advantage_at_all(double reward, int responses)
    {
        var rewards = Enumerable.Repeat(reward, responses).ToArray();

        Assert.All([true, false], normalize =>
            Assert.Equal(new double[responses], GroupRelativeAdvantage.Compute(rewards, normalize)));
    }

    [Fact]
    public void It_is_the_slow_loop() =>
        Group.Select(Gen.Bool).Sample((rewards, normalize) =>
        {
            double mean = 0, variance = 0;
            for (var i = 0; i < rewards.Length; i++)
                mean += rewards[i] / rewards.Length;
            for (var i = 0; i < rewards.Length; i++)
                variance += Math.Pow(rewards[i] - mean, 2) / rewards.Length;

            var actual = GroupRelativeAdvantage.Compute(rewards, normalize);
            for (var i = 0; i < rewards.Length; i++)
                Assert.Equal((rewards[i] - mean) / (normalize ? Math.Sqrt(variance) + 1e-6 : 1), actual[i], 1e-9);
        });

    [Fact]
    public void Advantages_of_a_group_sum_to_zero() =>
        Group.Sample(rewards => Assert.Equal(0, GroupRelativeAdvantage.Compute(rewards, true).Sum(), 1e-8));
}
