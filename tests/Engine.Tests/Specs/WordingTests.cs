using CsCheck;
using SeedOrleans.Engine.Specs;

namespace SeedOrleans.Engine.Tests.Specs;

public sealed class WordingTests
{
    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("steps", "stpes", 1)]
    [InlineData("", "abc", 3)]
    [InlineData("same", "same", 0)]
    public void Edits_are_counted(string left, string right, int expected) => Assert.Equal(expected, Wording.Edits(left, right));

    [Fact]
    public void Edits_do_not_depend_on_direction() =>
        Gen.String[0, 12].Select(Gen.String[0, 12])
            .Sample((left, right) => Assert.Equal(Wording.Edits(left, right), Wording.Edits(right, left)));

    [Fact]
    public void Nothing_is_near_to_nonsense() => Assert.Null(Wording.Nearest("xylophone", ["steps", "seed"]));
}
