using SeedOrleans.Domain.Mixtures;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data.Mixtures;

namespace SeedOrleans.Engine.Tests.Data.Mixtures;

public sealed class DifficultyLadderTests
{
    private static readonly LadderSpec Spec = new() { Window = 3, RiseAt = 0.8, FallBelow = 0.1 };

    private static readonly MixtureSource Source = new("addition", 0, 1, 0, Easiest: 2, Hardest: 4);

    [Theory]
    [InlineData(3, new[] { 0.8, 0.8, 0.8 }, 4)] // exactly at the threshold, though the sum of three is rounded
    [InlineData(3, new[] { 1.0, 1.0, 0.3 }, 3)]
    [InlineData(3, new[] { 1.0, 1.0 }, 3)] // too few to tell
    [InlineData(4, new[] { 1.0, 1.0, 1.0 }, 4)] // nothing is harder
    [InlineData(3, new[] { 0.0, 0.2, 0.0 }, 2)]
    [InlineData(3, new[] { 0.0, 0.3, 0.0 }, 3)] // exactly at the threshold
    [InlineData(2, new[] { 0.0, 0.0, 0.0 }, 2)] // nothing is easier
    public void Worked_examples(int level, double[] passRates, int expected)
    {
        var moved = DifficultyLadder.Move(Spec, Source, At(level, passRates));

        Assert.Equal(expected, moved.Level);
        Assert.Equal(expected == level ? passRates : [], moved.Recent);
    }

    [Fact]
    public void The_window_holds_the_last_groups_at_the_level_alone()
    {
        var known = At(3);
        foreach (var (level, passRate) in (ReadOnlySpan<(int, double)>)[(3, 0.1), (3, 0.2), (2, 1), (3, 0.3), (3, 0.4)])
            known = DifficultyLadder.Note(Spec, Source, known, new GroupOutcome(new MixtureDraw(0, level, 0), passRate));

        Assert.Equal([0.2, 0.3, 0.4], known.Recent);
    }

    [Fact]
    public void A_source_of_one_difficulty_remembers_nothing() =>
        Assert.Empty(DifficultyLadder.Note(Spec, Source with { Hardest = 2 }, At(2), new GroupOutcome(new MixtureDraw(0, 2, 0), 1)).Recent);

    private static SourceProgress At(int level, params double[] recent) =>
        new() { Name = "addition", Level = level, Cursors = [0, 0, 0], Recent = [.. recent] };
}
