using CsCheck;
using SeedOrleans.Engine.Planning.Balance;

namespace SeedOrleans.Engine.Tests.Planning.Balance;

public sealed class KarmarkarKarpTests
{
    private static readonly Gen<(double[] Weights, int Parts, bool EqualSizes)> Deals =
        Gen.Select(Gen.Int[0, 2000].Select(weight => (double)weight).Array[0, 60], Gen.Int[1, 9], Gen.Bool);

    [Fact]
    public void Every_item_is_dealt_once_and_loads_are_their_sums() => Deals.Sample(deal =>
    {
        var dealt = KarmarkarKarp.Deal(deal.Weights, deal.Parts, deal.EqualSizes);

        Assert.Equal(deal.Parts, dealt.Parts.Length);
        Assert.Equal(Enumerable.Range(0, deal.Weights.Length), dealt.Parts.SelectMany(part => part).Order());
        Assert.Equal(dealt.Parts.Select(part => part.Sum(item => deal.Weights[item])), dealt.Loads);
    });

    [Fact]
    public void Equal_sizes_differ_by_one_at_most() => Deals.Sample(deal =>
    {
        var sizes = KarmarkarKarp.Deal(deal.Weights, deal.Parts, equalSizes: true).Parts.Select(part => part.Length).ToArray();

        Assert.InRange(sizes.Max() - sizes.Min(), 0, deal.Weights.Length % deal.Parts == 0 ? 0 : 1);
    });

    /// <summary>Against the definition, with all k loads of every partial deal.</summary>
    [Fact]
    public void Is_never_worse_than_largest_differencing_by_its_definition() => Deals.Sample(deal =>
    {
        var dealt = KarmarkarKarp.Deal(deal.Weights, deal.Parts, deal.EqualSizes);

        Assert.True(dealt.Spread <= SpreadByDefinition(deal.Weights, deal.Parts, deal.EqualSizes));
    });

    [Theory]
    [InlineData(new double[] { 4, 5, 6, 7, 8 }, 2, 0)] // 4+5+6 = 7+8; differencing alone leaves 2
    [InlineData(new double[] { 8, 7, 6, 5, 4 }, 3, 3)] // 8, 7+4, 6+5 is the best there is
    [InlineData(new double[] { 1, 1, 1, 1 }, 4, 0)]
    [InlineData(new double[] { 9 }, 3, 9)]
    [InlineData(new double[] { 0, 0, 0 }, 2, 0)]
    [InlineData(new double[0], 2, 0)]
    public void Known_deals(double[] weights, int parts, double spread) =>
        Assert.Equal(spread, KarmarkarKarp.Deal(weights, parts, equalSizes: false).Spread);

    [Fact]
    public void The_same_weights_are_dealt_the_same_way() => Deals.Sample(deal =>
    {
        var (one, other) = (KarmarkarKarp.Deal(deal.Weights, deal.Parts, deal.EqualSizes), KarmarkarKarp.Deal(deal.Weights, deal.Parts, deal.EqualSizes));

        Assert.Equal(one.Parts.Select(part => string.Join(',', part)), other.Parts.Select(part => string.Join(',', part)));
    });

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_weight_that_is_none_is_refused(double weight)
    {
        var refused = Assert.Throws<ArgumentException>(() => KarmarkarKarp.Deal([1, weight], 2, equalSizes: false));

        Assert.Contains("Weight 1 is", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_at_least_one_part() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => KarmarkarKarp.Deal([1, 2], 0, equalSizes: false));

    private static double SpreadByDefinition(double[] weights, int parts, bool equalSizes)
    {
        var hands = weights.OrderDescending().Chunk(equalSizes ? parts : 1);
        List<double[]> deals = [.. hands.Select(hand => hand.Concat(Enumerable.Repeat(0.0, parts - hand.Length)).ToArray())];
        while (deals.Count > 1)
        {
            deals = [.. deals.OrderByDescending(deal => deal[0] - deal[^1]).ThenByDescending(deal => deal[0])];
            var merged = deals[0].Zip(deals[1].Reverse(), (one, other) => one + other).OrderDescending().ToArray();
            deals = [merged, .. deals[2..]];
        }

        return deals.Count == 0 ? 0 : deals[0][0] - deals[0][^1];
    }
}
