using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Ledgers;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.Grains.Rollout;
using SeedOrleans.Grains.Training;

namespace SeedOrleans.Grains.Runs;

/// <summary>What one life of a run's controller works with: all of it carries that life's epoch.</summary>
/// <param name="Start">The checkpoint to begin from; null begins with the first weights.</param>
/// <param name="Before">Where the life before had its actors; null where there was none.</param>
/// <param name="Recovery">Null where nothing was lost.</param>
internal sealed record RunIncarnation(
    string RunId, RunSpec Spec, RunData Data, RunLedger Ledger, CheckpointManifest? Start, RankGroup Ranks, RolloutGroupCollector Rollouts,
    Checkpointer Checkpoints, RunHosts Hosts, RunPlaces? Before, RecoveryClock? Recovery, RunTools Tools)
{
    public long Epoch { get; } = Ledger.Head.Epoch;

    public RunReporter Report => Tools.Report;

    public RunProgress Progress => Tools.Progress;

    /// <summary>Takes the run over and finds out where it stands.</summary>
    /// <param name="damaged">Checkpoints that could not be loaded.</param>
    /// <param name="wasLost">The life before, in this same process, lost actors.</param>
    /// <param name="pending">The recovery that was under way then.</param>
    public static async Task<RunIncarnation> BeginAsync(
        RunTools tools, RunLedger ledger, RunData data, IReadOnlySet<string> damaged, bool wasLost, RecoveryClock? pending, CancellationToken cancellationToken)
    {
        var runId = tools.RunId;
        var seen = tools.Time.GetUtcNow();
        var epoch = await ledger.TakeOverAsync(cancellationToken);
        await tools.Log.HoldAsync(runId, place: 0, cancellationToken);
        var before = await tools.Runs.FindPlacesAsync(runId, cancellationToken);
        var checkpoints = tools.Runs.Checkpoints(runId);
        if (tools.Card.Parent is { } parent && ledger.Head.Step < parent.Step)
            await new RunOrigin(tools, parent, ledger).CopyAsync(cancellationToken);

        var spec = tools.Card.SpecAt(ledger.Head, ledger.Head.Step + 1);
        var start = await Checkpointer.FindNewestAsync(checkpoints, ledger, ledger.Head.Step, damaged, cancellationToken);
        if (ledger.Head.LastChangeOfLayout() is { } change && (start?.Step ?? ledger.Head.Branches[0].FirstStep - 1) < change)
        {
            // What came before the change is computed under the layout that it was computed under.
            await new RunOrigin(tools, new ForkPoint(runId, change), ledger).KeepAsync(cancellationToken);
            start = await Checkpointer.FindNewestAsync(checkpoints, ledger, ledger.Head.Step, damaged, cancellationToken);
        }

        var ranks = new RankGroup(tools.Grains, runId, RunKeys.Policy, spec, FirstPolicy.Workload(spec, data.Tokenizer), epoch);
        return new RunIncarnation(
            runId, spec, data, ledger, start, ranks, new RolloutGroupCollector(tools.Grains, runId, spec, epoch),
            new Checkpointer(checkpoints, ranks, spec.Checkpoint, ledger), new RunHosts(tools.Roster, tools.Grains), before,
            RecoveryClock.Begin(before, wasLost, tools.Roster, seen, pending), tools);
    }

    /// <summary>Brings all actors to life where they have room, and notes where they are.</summary>
    public async Task StartActorsAsync(CancellationToken cancellationToken)
    {
        var plan = await Hosts.PlanAsync(RunPlaces.Names(Spec.Layout.RankCount(), Spec.Rollout.Workers), Before);
        SiloAddress? Of(string actor) => plan.GetValueOrDefault(actor);
        var checkpoint = Start is null ? "" : CheckpointStore.NameOf(Start);
        await Task.WhenAll(
            Ranks.StartAsync(checkpoint, [.. Enumerable.Range(0, Spec.Layout.RankCount()).Select(rank => Of(RunPlaces.Rank(rank)))], cancellationToken),
            Rollouts.StartAsync([.. Enumerable.Range(0, Spec.Rollout.Workers).Select(worker => Of(RunPlaces.Worker(worker)))], cancellationToken));

        var places = Hosts.Settle(
            Epoch,
            Ranks.Places.Select((place, rank) => (RunPlaces.Rank(rank), place.Silo))
                .Concat(Rollouts.Places.Select((place, worker) => (RunPlaces.Worker(worker), place.Silo))));
        Progress.Hosts = Hosts;
        await Tools.Runs.WritePlacesAsync(RunId, places, cancellationToken);
    }

    /// <summary>Ends all actors of this life on purpose; what they had in flight is noted.</summary>
    public async Task StopActorsAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Rollouts.StopAsync(cancellationToken), Ranks.StopAsync(cancellationToken));
        if (Hosts.Places is { } places)
            await Tools.Runs.WritePlacesAsync(RunId, places with { IsLeft = true }, cancellationToken);
    }
}
