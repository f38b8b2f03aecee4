using Orleans.Serialization;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Ledgers;
using SeedOrleans.Grains.Rollout;
using SeedOrleans.Grains.Training;

namespace SeedOrleans.Grains.Runs;

/// <summary>What one life of a run's controller works with: all of it carries that life's epoch.</summary>
/// <param name="Start">The checkpoint to begin from; null begins with the first weights.</param>
internal sealed record RunIncarnation(
    string RunId, RunSpec Spec, RunData Data, RunLedger Ledger, CheckpointManifest? Start, RankGroup Ranks, RolloutGroupCollector Rollouts,
    Checkpointer Checkpoints, RunReporter Report, RunProgress Progress, Serializer Serializer, TimeProvider Time)
{
    public long Epoch { get; } = Ledger.Head.Epoch;

    /// <param name="damaged">Checkpoints that could not be loaded.</param>
    public static async Task<RunIncarnation> BeginAsync(
        string runId, RunSpec spec, RunData data, RunStore runs, IReadOnlySet<string> damaged, IGrainFactory grains, RunReporter report,
        RunProgress progress, Serializer serializer, TimeProvider time, CancellationToken cancellationToken)
    {
        var ledger = runs.Ledger(runId);
        var epoch = await ledger.TakeOverAsync(cancellationToken);
        var checkpoints = runs.Checkpoints(runId);
        var start = await Checkpointer.FindNewestAsync(checkpoints, damaged, cancellationToken);
        var ranks = new RankGroup(grains, runId, spec, epoch);
        return new RunIncarnation(
            runId, spec, data, ledger, start, ranks, new RolloutGroupCollector(grains, runId, spec, epoch),
            new Checkpointer(checkpoints, ranks, spec.Checkpoint), report, progress, serializer, time);
    }
}
