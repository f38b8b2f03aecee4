using SeedOrleans.Engine.Parallelism;

namespace SeedOrleans.Engine.Tests.Parallelism;

public sealed class ZigZagTests
{
    [Fact]
    public void Worked_example()
    {
        Assert.Equal([0, 1, 6, 7], ZigZag.Positions(8, 0, 2));
        Assert.Equal([2, 3, 4, 5], ZigZag.Positions(8, 1, 2));
    }

    [Fact]
    public void Every_position_is_computed_once_and_causal_work_is_even()
    {
        for (var length = 0; length <= 70; length++)
            for (var ranks = 1; ranks <= 5; ranks++)
            {
                int[][] positions = [.. Enumerable.Range(0, ranks).Select(rank => ZigZag.Positions(length, rank, ranks).ToArray())];
                Assert.Equal(Enumerable.Range(0, length), positions.SelectMany(rank => rank).Order());
                Assert.All(positions, rank => Assert.Equal(rank.Order(), rank));

                // A token's work is its position; chunks differ by a token, so ranks by two tokens' worth.
                var work = positions.Select(rank => rank.Sum(position => position + 1)).ToArray();
                Assert.InRange(work.Max() - work.Min(), 0, 2 * length);
            }
    }
}
