using System.Text.Json;
using CsCheck;
using SeedOrleans.Domain.Mixtures;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data.Mixtures;

namespace SeedOrleans.Engine.Tests.Data.Mixtures;

public sealed class MixtureStepsTests
{
    private static readonly Gen<double[][]> Steps = Gen.Int[0, 8].Select(right => right / 8.0).Array[1, 24].Array[1, 30];

    /// <summary>A run that is cut, its state written and read, goes on as one that never was.</summary>
    [Fact]
    public void A_run_cut_anywhere_comes_to_the_same_state() =>
        Gen.Select(Steps, Gen.Int[0, 29]).Sample((steps, cut) =>
        {
            var mixture = Mixtures.Of(Mixtures.Data);
            var whole = Run(mixture, mixture.Begin(), 0, steps);

            var first = Run(mixture, mixture.Begin(), 0, steps[..Math.Min(cut, steps.Length)]);
            var read = mixture.Fit(JsonSerializer.Deserialize<MixtureState>(Mixtures.Text(first.State))!);
            var second = Run(mixture, read, first.Cursor, steps[Math.Min(cut, steps.Length)..]);

            Assert.Equal(Mixtures.Text(whole.State), Mixtures.Text(second.State));
        });

    /// <summary>Cursors and averages count groups, not steps; only weights and levels change with a step's end.</summary>
    [Fact]
    public void How_groups_are_divided_into_steps_does_not_change_what_is_counted() =>
        Steps.Sample(steps =>
        {
            var mixture = Mixtures.Of(Mixtures.Data with { Mixture = new MixtureSpec(), Ladder = new LadderSpec { Window = 10_000 } });

            Assert.Equal(
                Mixtures.Text(Run(mixture, mixture.Begin(), 0, [[.. steps.SelectMany(step => step)]]).State),
                Mixtures.Text(Run(mixture, mixture.Begin(), 0, steps).State));
        });

    [Fact]
    public void Cursors_and_groups_count_what_was_passed()
    {
        var mixture = Mixtures.Of(Mixtures.Data);
        var (state, cursor) = Run(mixture, mixture.Begin(), 0, [[1, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0, 0]]);

        Assert.Equal(12, cursor);
        Assert.Equal(12, state.Sources.Sum(source => source.Cursors.Sum()));
        Assert.Equal(12, state.Domains.Sum(domain => domain.Groups));
        Assert.Equal(state.Sources.Select(source => source.Cursors.Sum()), state.Domains.Select(domain => domain.Groups));
    }

    /// <summary>Logic is solved from the start, words are hopeless, and arithmetic is learned little by little.</summary>
    [Fact]
    public void What_is_learned_gains_and_what_is_solved_or_hopeless_loses_down_to_its_floor()
    {
        var mixture = Mixtures.Of(Mixtures.Data with { Train = [new DataSource { Task = "addition" }, .. Mixtures.Data.Train.Skip(1)] });
        var (state, cursor) = (mixture.Begin(), 0L);
        for (var step = 0; step < 60; step++)
        {
            var learned = Math.Min(1, 0.1 + (step * 0.01));
            state = Mixtures.Step(mixture, state, ref cursor, 32, draw => draw.Source switch { 0 => learned, 1 => 1, _ => 0 });
            Assert.All(state.Domains.Zip(mixture.Domains), pair => Assert.True(pair.First.Weight >= (0.25 * pair.Second.Weight) - 1e-9));
        }

        Assert.True(state.Domains[0].Weight > 0.8, $"{state.Domains[0].Weight}");
        Assert.Equal(0.25 * mixture.Domains[1].Weight, state.Domains[1].Weight, 1e-6);
        Assert.Equal(0.25 * mixture.Domains[2].Weight, state.Domains[2].Weight, 1e-6);
    }

    /// <summary>What is being forgotten is no longer answered alike, and its pass rate moves.</summary>
    [Fact]
    public void A_solved_domain_that_is_forgotten_gains_again()
    {
        var mixture = Mixtures.Of(Mixtures.Data);
        var (state, cursor) = (mixture.Begin(), 0L);
        for (var step = 0; step < 40; step++)
            state = Mixtures.Step(mixture, state, ref cursor, 32, draw => draw.Source == 1 ? 1 : 0.5);

        var before = state.Domains[1].Weight;
        for (var step = 0; step < 10; step++)
            state = Mixtures.Step(mixture, state, ref cursor, 32, draw => draw.Source == 1 ? 0.25 : 0.5);

        Assert.True(state.Domains[1].Weight > before + 0.05, $"{before} became {state.Domains[1].Weight}");
    }

    [Fact]
    public void Without_adaptation_weights_stay_as_written()
    {
        var mixture = Mixtures.Of(Mixtures.Data with { Mixture = new MixtureSpec() });
        var (state, cursor) = (mixture.Begin(), 0L);
        for (var step = 0; step < 20; step++)
            state = Mixtures.Step(mixture, state, ref cursor, 16, draw => draw.Source == 0 ? 0.5 : 0);

        Assert.Equal(mixture.Domains.Select(domain => domain.Weight), state.Domains.Select(domain => domain.Weight));
    }

    [Fact]
    public void A_ladder_rises_one_level_a_step_and_no_further_than_its_hardest()
    {
        var mixture = Mixtures.Of(Mixtures.Data);
        var (state, cursor) = (mixture.Begin(), 0L);
        List<int> levels = [];
        for (var step = 0; step < 5; step++)
        {
            state = Mixtures.Step(mixture, state, ref cursor, 64, draw => draw.Source == 0 ? 1 : 0.5);
            levels.Add(state.Sources[0].Level);
        }

        Assert.Equal([2, 3, 3, 3, 3], levels);
    }

    [Fact]
    public void A_step_that_finds_all_solved_raises_what_can_rise_and_counts_nothing()
    {
        var mixture = Mixtures.Of(Mixtures.Data);
        var state = mixture.Begin();
        var draws = new MixtureDraws(mixture, state, seed: 7, start: 0);
        GroupOutcome[] solved = [.. Enumerable.Range(0, 16).Select(place => new GroupOutcome(draws.At(place), 1))];

        var risen = MixtureSteps.TryRise(mixture, state, solved)!;

        Assert.Equal([2, 1, 1], risen.Sources.Select(source => source.Level));
        Assert.Equal(state.Sources.SelectMany(source => source.Cursors), risen.Sources.SelectMany(source => source.Cursors));
        Assert.Equal(state.Domains, risen.Domains);
        Assert.Null(MixtureSteps.TryRise(mixture, state with { Sources = [state.Sources[0] with { Level = 3 }, .. state.Sources.Skip(1)] }, solved));
        Assert.Null(MixtureSteps.TryRise(mixture, state, [.. solved.Select(group => group with { PassRate = 0 })]));
    }

    [Fact]
    public void A_step_that_finds_hardly_anything_solved_lowers_what_can_fall_and_counts_nothing()
    {
        var mixture = Mixtures.Of(Mixtures.Data);
        var state = mixture.Begin();
        var high = state with { Sources = [state.Sources[0] with { Level = 3, Cursors = [5, 6, 7], Recent = [0] }, .. state.Sources.Skip(1)] };

        var fallen = MixtureSteps.TryFall(mixture, high)!;

        Assert.Equal([2, 1, 1], fallen.Sources.Select(source => source.Level));
        Assert.Equal([5L, 6, 7], fallen.Sources[0].Cursors);
        Assert.Empty(fallen.Sources[0].Recent);
        Assert.Null(MixtureSteps.TryFall(mixture, state));
    }

    private static (MixtureState State, long Cursor) Run(Mixture mixture, MixtureState state, long cursor, double[][] steps)
    {
        foreach (var step in steps)
        {
            var place = 0;
            state = Mixtures.Step(mixture, state, ref cursor, step.Length, _ => step[place++]);
        }

        return (state, cursor);
    }
}
