using System.Collections.Immutable;
using SeedOrleans.Domain.Mixtures;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Data.Mixtures;
using SeedOrleans.Engine.Ledgers;
using SeedOrleans.GrainInterfaces.Rollout;

namespace SeedOrleans.Grains.Runs;

/// <summary>Where in its order of prompts a run's next step begins.</summary>
/// <param name="Cursor">Groups that steps passed before.</param>
/// <param name="Mixture">Null where prompts come in one order over all sources.</param>
internal sealed record PromptPlace(long Cursor, MixtureState? Mixture)
{
    /// <param name="start">Null begins with the first prompt. One of a run that was mixed otherwise keeps what has the same names.</param>
    public static PromptPlace Begin(RunData data, CheckpointManifest? start) => new(
        start?.Cursor ?? 0,
        start?.Mixture is { } state ? data.Mixture?.Fit(state) : data.Mixture?.Begin());

    public static PromptPlace Before(StepRecord record) => new(record.Cursor, record.Mixture);

    /// <summary>A pure function of what the step passed, whoever sampled it and whenever.</summary>
    public PromptPlace After(RunData data, CollectedGroups collected) => new(
        collected.NextCursor,
        Mixture is { } state ? MixtureSteps.After(data.Mixture!, state, Outcomes(data, collected)) : null);

    /// <returns>The groups that the collection passed, in the order of their prompts; none where nothing is mixed.</returns>
    public ImmutableArray<GroupOutcome> Outcomes(RunData data, CollectedGroups collected)
    {
        if (Mixture is not { } state)
            return [];

        var draws = data.Draw(Cursor, state);
        var trained = 0;
        return
        [
            .. collected.Fates.Select((fate, place) => new GroupOutcome(draws.At(place), fate switch
            {
                GroupFate.AllCorrect => 1,
                GroupFate.AllWrong => 0,
                _ => collected.Groups[trained++] is var group ? (double)group.CorrectCount() / group.Responses.Length : 0,
            })),
        ];
    }
}
