using SeedOrleans.Engine.Data.Cleaning;

namespace SeedOrleans.Engine.Tests.Data.Cleaning;

public sealed class LengthSummaryTests
{
    [Fact]
    public void Lengths_are_ranked() =>
        Assert.Equal(new LengthSummary(20, 1, 10, 19, 20), LengthSummary.Of(Enumerable.Range(1, 20).Reverse()));

    [Fact]
    public void One_length_is_every_rank() => Assert.Equal(new LengthSummary(1, 7, 7, 7, 7), LengthSummary.Of([7]));

    [Fact]
    public void No_lengths_have_no_summary() => Assert.Null(LengthSummary.Of([]));
}
