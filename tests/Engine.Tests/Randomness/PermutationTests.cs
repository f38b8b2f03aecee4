using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Tests.Randomness;

public sealed class PermutationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    [InlineData(64)]
    [InlineData(1000)]
    public void Every_place_holds_another_number(int count) =>
        Assert.Equal(Enumerable.Range(0, count), Order(count, 3).Order());

    [Fact]
    public void Orders_differ() => Assert.NotEqual(Order(50, 1), Order(50, 2));

    private static IEnumerable<int> Order(int count, ulong order) =>
        Enumerable.Range(0, count).Select(place => Permutation.At(7, order, count, place));
}
