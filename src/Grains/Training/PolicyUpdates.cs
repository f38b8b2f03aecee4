using System.Collections.Immutable;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Algorithms;
using SeedOrleans.GrainInterfaces.Training;

namespace SeedOrleans.Grains.Training;

/// <summary>What a training step does to the policy, given its groups: the same for a step that is new and for one that is computed again.</summary>
/// <param name="done">Optimizer updates behind the weights: the learning rate's place.</param>
internal sealed class PolicyUpdates(RankGroup ranks, RunSpec spec, int done)
{
    private readonly Algorithm _algorithm = AlgorithmPresets.Resolve(spec.Algorithm);

    /// <summary>Optimizer updates behind the weights.</summary>
    public int Done { get; private set; } = done;

    public double LearningRateNow() =>
        LearningRate.At(spec.Training.Optimizer, Done, spec.Training.Steps * spec.Training.UpdatesPerStep);

    /// <summary>What the updates of a step would learn from.</summary>
    public ImmutableArray<TrainingSequence>[] Assemble(ImmutableArray<RolloutGroup> groups) =>
    [
        .. MiniBatches.Split(groups, spec.Training.UpdatesPerStep)
            .Select(share => BatchAssembler.Assemble(share, _algorithm, spec.Rollout.MaxResponseTokens)),
    ];

    public async Task<IReadOnlyList<UpdateReport>> StepAsync(ImmutableArray<RolloutGroup> groups, CancellationToken cancellationToken)
    {
        var miniBatches = Assemble(groups);

        // π_old is the policy of the step's beginning, so it is scored before the first update moves it.
        if (spec.Training.OldLogProbs == OldLogProbs.Recompute)
            for (var update = 0; update < miniBatches.Length; update++)
                miniBatches[update] = await ranks.RescoreAsync(miniBatches[update], cancellationToken);

        var reports = new List<UpdateReport>();
        foreach (var miniBatch in miniBatches)
        {
            reports.Add(await ranks.UpdateAsync(
                TrainingPhase.Reinforcement, miniBatch, spec.Training.Optimizer, LearningRateNow(), cancellationToken));
            Done++;
        }

        return reports;
    }
}
