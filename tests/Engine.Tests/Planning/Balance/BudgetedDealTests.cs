using CsCheck;
using SeedOrleans.Engine.Planning.Balance;

namespace SeedOrleans.Engine.Tests.Planning.Balance;

public sealed class BudgetedDealTests
{
    private const int Budget = 100;

    /// <summary>Some of them larger than the budget.</summary>
    private static readonly Gen<int[]> Sizes = Gen.Int[1, 120].Array[0, 40];

    [Theory]
    [InlineData(new int[0], 0)]
    [InlineData(new[] { 100 }, 1)]
    [InlineData(new[] { 101, 1 }, 2)] // too large, so alone
    [InlineData(new[] { 60, 50, 40, 50 }, 2)]
    [InlineData(new[] { 51, 51, 51 }, 3)]
    [InlineData(new[] { 20, 20, 20, 20, 20, 30, 30, 40 }, 2)]
    public void Known_numbers_of_parts(int[] sizes, int parts) => Assert.Equal(parts, Of(sizes).Fewest().Count);

    [Fact]
    public void Every_item_is_dealt_once_and_no_part_is_over_the_budget() =>
        Sizes.Sample(sizes => AssertDealt(sizes, Of(sizes).Fewest()));

    [Fact]
    public void No_more_parts_than_first_fit_decreasing_makes() =>
        Sizes.Sample(sizes => Assert.True(Of(sizes).Fewest().Count <= FirstFit(sizes)));

    [Fact]
    public void More_parts_are_just_as_many_as_asked_for() => Gen.Select(Sizes, Gen.Int[0, 5]).Sample((sizes, more) =>
    {
        var parts = Of(sizes).Fewest().Count + more;
        var dealt = Of(sizes).Into(parts);

        Assert.Equal(parts, dealt.Count);
        AssertDealt(sizes, dealt);
    });

    [Fact]
    public void Loads_are_as_even_as_karmarkar_karp_makes_them_where_there_is_room()
    {
        int[] sizes = [40, 30, 20, 10, 10, 9];
        double[] loads = [1600, 900, 400, 100, 100, 81];

        var dealt = new BudgetedDeal(sizes, loads, Budget).Fewest();

        Assert.Equal(
            KarmarkarKarp.Deal(loads, 2, equalSizes: false).Parts.Select(part => string.Join(',', part)),
            dealt.Select(part => string.Join(',', part)));
    }

    [Fact]
    public void Fewer_parts_than_the_budget_allows_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Of([60, 60, 60]).Into(2));

    private static BudgetedDeal Of(int[] sizes) => new(sizes, [.. sizes.Select(size => (double)size * size)], Budget);

    private static void AssertDealt(int[] sizes, IReadOnlyList<IReadOnlyList<int>> dealt)
    {
        Assert.Equal(Enumerable.Range(0, sizes.Length), dealt.SelectMany(part => part).Order());
        Assert.All(dealt, part => Assert.True(part.Count <= 1 || part.Sum(item => sizes[item]) <= Budget));
    }

    private static int FirstFit(int[] sizes)
    {
        List<int> room = [];
        foreach (var size in sizes.OrderDescending())
        {
            var part = room.FindIndex(left => left >= size);
            if (part < 0)
                room.Add(Budget - size);
            else
                room[part] -= size;
        }

        return room.Count;
    }
}
