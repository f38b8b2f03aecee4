using CsCheck;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data.Mixtures;

namespace SeedOrleans.Engine.Tests.Data.Mixtures;

public sealed class MixtureDrawsTests
{
    [Fact]
    public void Any_stretch_of_places_holds_nearly_the_shares_asked_for() =>
        Gen.Select(Gen.ULong, Gen.Long[0, 1_000_000], Gen.Int[8, 200]).Sample((seed, start, count) =>
        {
            var mixture = Mixtures.Of(Mixtures.Data);
            var draws = new MixtureDraws(mixture, mixture.Begin(), seed, start);

            var drawn = Enumerable.Range(0, count).Select(draws.At).CountBy(draw => draw.Source).ToDictionary();

            foreach (var (source, share) in (ReadOnlySpan<(int, double)>)[(0, 0.5), (1, 0.25), (2, 0.25)])
                Assert.InRange(drawn.GetValueOrDefault(source), (share * count) - 3, (share * count) + 3);
        });

    [Fact]
    public void Who_looks_ahead_and_who_goes_step_by_step_draw_the_same() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 100]).Sample((seed, cut) =>
        {
            var mixture = Mixtures.Of(Mixtures.Data with { Mixture = new MixtureSpec() });
            var state = mixture.Begin() with { Sources = [mixture.Begin().Sources[0] with { Level = 3 }, .. mixture.Begin().Sources.Skip(1)] };
            var ahead = new MixtureDraws(mixture, state, seed, start: 5);
            ahead.At(150);

            var begun = new MixtureDraws(mixture, state, seed, start: 5);
            var after = MixtureSteps.After(mixture, state, [.. Enumerable.Range(0, cut).Select(place => new GroupOutcome(begun.At(place), 0.5))]);
            var next = new MixtureDraws(mixture, after, seed, start: 5 + cut);

            Assert.Equal(Enumerable.Range(cut, 40).Select(ahead.At), Enumerable.Range(0, 40).Select(next.At));
        });

    [Fact]
    public void Each_difficulty_is_gone_through_in_order()
    {
        var mixture = Mixtures.Of(Mixtures.Data);
        var begun = mixture.Begin();
        var state = begun with { Sources = [begun.Sources[0] with { Level = 2, Cursors = [40, 7, 0] }, .. begun.Sources.Skip(1)] };
        var draws = new MixtureDraws(mixture, state, seed: 1, start: 0);

        var ladder = Enumerable.Range(0, 400).Select(draws.At).Where(draw => draw.Source == 0).ToList();

        var review = ladder.Where(draw => draw.Level == 1).Select(draw => draw.Cursor).ToList();
        Assert.Equal(Enumerable.Range(40, review.Count).Select(place => (long)place), review);
        Assert.Equal(
            Enumerable.Range(7, ladder.Count - review.Count).Select(place => (long)place),
            ladder.Where(draw => draw.Level == 2).Select(draw => draw.Cursor));
        Assert.InRange((double)review.Count / ladder.Count, 0.1, 0.3);
    }

    [Fact]
    public void The_easiest_level_has_nothing_below_it_to_review()
    {
        var mixture = Mixtures.Of(Mixtures.Data);
        var draws = new MixtureDraws(mixture, mixture.Begin(), seed: 1, start: 0);

        Assert.All(Enumerable.Range(0, 200).Select(draws.At), draw => Assert.Equal(1, draw.Level));
    }
}
