using SeedOrleans.Engine.Data.Tasks.Grid;
using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Tests.Data.Tasks.Grid;

public sealed class GridTransformationTests
{
    private static readonly Board Picture = Board.Parse("123/450");

    [Fact]
    public void Pictures_are_mirrored_turned_moved_and_fall() =>
        Assert.Equal(
            ["321/054", "450/123", "054/321", "14/25/30", "41/52/03", "30/25/14", "312/045", "450/123", "120/453"],
            GridTransformation.Simple.Select(change => change(Picture).ToString()));

    [Fact]
    public void Pictures_are_repeated_reflected_enlarged_and_framed() =>
        Assert.Equal(
            [
                "123/450", "123123/450450", "123321/450054", "123/450/450/123",
                "112233/112233/445500/445500", "55555/51235/54505/55555",
            ],
            GridTransformation.Composed.Take(6).Select(change => change(Picture).ToString()));
}
