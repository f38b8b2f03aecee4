using SeedOrleans.Domain.Mixtures;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Data.Mixtures;
using SeedOrleans.Engine.Ledgers;
using SeedOrleans.GrainInterfaces.Rollout;

namespace SeedOrleans.Grains.Runs;

/// <summary>Which prompts a run's steps get: keeps its place in them, and tells of the mixture where there is one.</summary>
internal sealed class RunCurriculum(RunData data, CheckpointManifest? start, RunReporter report)
{
    private MixtureState? _before;

    public PromptPlace Place { get; private set; } = PromptPlace.Begin(data, start);

    /// <summary>To where a step began that was prepared before.</summary>
    public void GoTo(StepRecord record) => Place = PromptPlace.Before(record);

    /// <summary>To where the step after the one that gathered these begins.</summary>
    public void Pass(CollectedGroups collected) => (_before, Place) = (Place.Mixture, Place.After(data, collected));

    /// <summary>Where nothing that is asked teaches the policy anything, harder or easier prompts are tried as long as there are any.</summary>
    /// <param name="collectAsync">Gathers groups from the place as it is when called.</param>
    /// <exception cref="CollectionExhaustedException">The policy hardly ever succeeds, and nothing easier is left.</exception>
    public async Task<CollectedGroups> SampleAsync(Func<Task<CollectedGroups>> collectAsync)
    {
        var hasRisen = false; // From there no way leads back: what is easier was solved.
        while (true)
        {
            try
            {
                var collected = await collectAsync();
                if (!collected.Groups.IsEmpty || !TryRise(collected))
                    return collected;

                hasRisen = true;
            }
            catch (CollectionExhaustedException) when (!hasRisen && TryFall())
            {
                // The next turn of the loop asks for easier prompts.
            }
        }
    }

    /// <summary>Tells of the levels that a step changed, unless an earlier life did.</summary>
    public void TellMoves(int step)
    {
        if (!report.HasTold(RunEventKind.TrainingStep, step) && _before is { } before && Place.Mixture is { } now)
            Tell(before, now);
    }

    /// <summary>Of a step that begins at the place and gathered these: what was drawn, and how well the policy did. Empty where nothing is mixed.</summary>
    public Dictionary<string, double> Metrics(CollectedGroups collected)
    {
        var metrics = new Dictionary<string, double>();
        if (Place.Mixture is not { } state)
            return metrics;

        foreach (var domain in state.Domains)
            (metrics[$"data/weight/{domain.Name}"], metrics[$"data/groups/{domain.Name}"]) = (domain.Weight, 0);

        foreach (var (known, source) in state.Sources.Zip(data.Mixture!.Sources).Where(pair => pair.Second.IsLadder()))
            metrics[$"data/level/{known.Name}"] = known.Level;

        foreach (var domain in Place.Outcomes(data, collected).GroupBy(group => state.Domains[data.Mixture.Sources[group.Draw.Source].Domain].Name))
        {
            metrics[$"data/groups/{domain.Key}"] = domain.Count();
            metrics[$"data/pass_rate/{domain.Key}"] = domain.Average(group => group.PassRate);
        }

        return metrics;
    }

    private bool TryRise(CollectedGroups collected) =>
        Place.Mixture is { } state && TryMove(state, MixtureSteps.TryRise(data.Mixture!, state, Place.Outcomes(data, collected)));

    private bool TryFall() => Place.Mixture is { } state && TryMove(state, MixtureSteps.TryFall(data.Mixture!, state));

    private bool TryMove(MixtureState state, MixtureState? moved)
    {
        if (moved is null)
            return false;

        Place = Place with { Mixture = moved };
        Tell(state, moved);
        return true;
    }

    private void Tell(MixtureState before, MixtureState now)
    {
        foreach (var (old, source) in before.Sources.Zip(now.Sources).Where(pair => pair.First.Level != pair.Second.Level))
            report.Message($"{source.Name} {(source.Level > old.Level ? "rises" : "falls")} from difficulty {old.Level} to {source.Level}");
    }
}
