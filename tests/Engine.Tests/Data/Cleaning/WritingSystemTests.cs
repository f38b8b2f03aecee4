using SeedOrleans.Engine.Data.Cleaning;

namespace SeedOrleans.Engine.Tests.Data.Cleaning;

public sealed class WritingSystemTests
{
    [Fact]
    public void Letters_are_counted_by_script() =>
        Assert.Equal([("Latin", 5L), ("Han", 2L), ("Kana", 1L)], WritingSystem.Count(["Find x! 12", "数学の"]));
}
