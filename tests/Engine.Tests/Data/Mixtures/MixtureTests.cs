using System.Text.Json;
using SeedOrleans.Domain.Mixtures;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data.Mixtures;

namespace SeedOrleans.Engine.Tests.Data.Mixtures;

public sealed class MixtureTests
{
    [Fact]
    public void Worked_example()
    {
        var mixture = Mixtures.Of(Mixtures.Data);

        Assert.Equal([("arithmetic", 0.5), ("logic", 0.25), ("words", 0.25)], mixture.Domains.Select(domain => (domain.Name, domain.Weight)));
        Assert.Equal(
            [("addition", 0, 0, 1, 3), ("truth-table-1", 1, 3, 1, 1), ("gsm8k", 2, 4, 1, 1)],
            mixture.Sources.Select(source => (source.Name, source.Domain, source.FirstPool, source.Easiest, source.Hardest)));
        Assert.Equal([3, 1, 1], mixture.Begin().Sources.Select(source => source.Cursors.Length));
    }

    [Fact]
    public void Without_weights_ladders_and_adaptation_there_is_no_mixture() =>
        Assert.Null(Mixture.Of(new DataSpec { Train = [new DataSource { Task = "addition" }, new DataSource { Task = "modular", Difficulty = 2 }] }));

    [Fact]
    public void Sources_of_a_domain_share_its_weight()
    {
        var mixture = Mixtures.Of(new DataSpec
        {
            Train = [new DataSource { Task = "addition", Weight = 1 }, new DataSource { Task = "modular", Weight = 3 }, new DataSource { Task = "zebra", Weight = 4 }],
        });

        Assert.Equal([0.5, 0.5], mixture.Domains.Select(domain => domain.Weight));
        Assert.Equal([0.25, 0.75, 1], mixture.Sources.Select(source => source.Share));
    }

    [Fact]
    public void Two_ladders_of_one_task_have_names_of_their_own()
    {
        var mixture = Mixtures.Of(new DataSpec
        {
            Train = [new DataSource { Task = "addition", Hardest = 2 }, new DataSource { Task = "addition", Difficulty = 4, Hardest = 5 }],
        });

        Assert.Equal(["addition", "addition.2"], mixture.Sources.Select(source => source.Name));
    }

    [Fact]
    public void A_state_of_the_mixture_itself_stays_as_it_is()
    {
        var mixture = Mixtures.Of(Mixtures.Data);
        var (state, cursor) = (mixture.Begin(), 0L);
        for (var step = 0; step < 20; step++)
            state = Mixtures.Step(mixture, state, ref cursor, 16, draw => draw.Source == 0 ? 0.9 : 0);

        Assert.NotEqual(0.5, state.Domains[0].Weight);
        Assert.Equal(Mixtures.Text(state), Mixtures.Text(mixture.Fit(state)));
        Assert.Equal(Mixtures.Text(state), Mixtures.Text(mixture.Fit(JsonSerializer.Deserialize<MixtureState>(Mixtures.Text(state))!)));
    }

    [Fact]
    public void Other_written_weights_take_the_place_of_what_adaptation_came_to()
    {
        var mixture = Mixtures.Of(Mixtures.Data);
        var (state, cursor) = (mixture.Begin(), 0L);
        for (var step = 0; step < 20; step++)
            state = Mixtures.Step(mixture, state, ref cursor, 16, draw => draw.Source == 0 ? 0.9 : 0);

        var heavier = Mixtures.Of(Mixtures.Data with { Train = [Mixtures.Data.Train[0] with { Weight = 3 }, .. Mixtures.Data.Train.Skip(1)] });
        var still = Mixtures.Of(Mixtures.Data with { Mixture = new MixtureSpec() });

        Assert.Equal([0.6, 0.2, 0.2], heavier.Fit(state).Domains.Select(domain => domain.Weight));
        Assert.Equal([0.5, 0.25, 0.25], still.Fit(state).Domains.Select(domain => domain.Weight));
    }

    /// <summary>A fork may have other data than its parent.</summary>
    [Fact]
    public void A_state_of_another_mixture_keeps_what_has_the_same_name()
    {
        var mixture = Mixtures.Of(Mixtures.Data);
        var (state, cursor) = (mixture.Begin(), 0L);
        for (var step = 0; step < 20; step++)
            state = Mixtures.Step(mixture, state, ref cursor, 16, draw => draw.Source == 0 ? 0.9 : 0);

        var other = Mixtures.Of(Mixtures.Data with
        {
            Train = [new DataSource { Task = "mastermind" }, new DataSource { Task = "addition", Hardest = 2 }, new DataSource { File = "/data/gsm8k.jsonl" }],
        });
        var fitted = other.Fit(state);

        Assert.Equal(["mastermind-1", "addition", "gsm8k"], fitted.Sources.Select(source => source.Name));
        Assert.Equal([1, 2, 1], fitted.Sources.Select(source => source.Level));
        Assert.Equal(state.Sources[2].Cursors, fitted.Sources[2].Cursors);
        Assert.Equal(other.Domains.Select(domain => domain.Weight), fitted.Domains.Select(domain => domain.Weight));
        Assert.Equal(state.Domains[0].PassRate, fitted.Domains[1].PassRate);
    }
}
