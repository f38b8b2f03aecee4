using CsCheck;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Algorithms;

namespace SeedOrleans.Engine.Tests.Algorithms;

public sealed class MiniBatchesTests
{
    [Theory]
    [InlineData(6, 3, new[] { 2, 2, 2 })]
    [InlineData(7, 3, new[] { 3, 2, 2 })]
    [InlineData(8, 3, new[] { 3, 3, 2 })]
    [InlineData(2, 3, new[] { 1, 1 })]
    [InlineData(0, 3, new int[] { })]
    public void Shares_are_as_equal_as_can_be(int groups, int updates, int[] expected) =>
        Assert.Equal(expected, MiniBatches.Split(Many(groups), updates).Select(share => share.Count));

    [Fact]
    public void Every_group_is_in_one_share_in_its_order() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[1, 12]).Sample((count, updates) =>
        {
            var groups = Many(count);

            Assert.Equal(groups, MiniBatches.Split(groups, updates).SelectMany(share => share));
        });

    [Fact]
    public void No_updates_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MiniBatches.Split(Many(2), 0));

    private static List<RolloutGroup> Many(int count) =>
        [.. Enumerable.Range(0, count).Select(index => Groups.OfScores(index))];
}
