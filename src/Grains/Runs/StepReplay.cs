using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Ledgers;
using SeedOrleans.GrainInterfaces.Rollout;
using SeedOrleans.GrainInterfaces.Runs;
using SeedOrleans.Grains.Training;

namespace SeedOrleans.Grains.Runs;

/// <summary>Computes committed steps of a run again on ranks of its own, beside the run and without disturbing it.</summary>
internal sealed class StepReplay
{
    private readonly RunLedger _ledger;
    private readonly StepRecords _records;

    private readonly RunData _data;

    private StepReplay(RunCard card, RunLedger ledger, StepRecords records, RankGroup ranks, PolicyUpdates updates, RunData data, PromptPlace place) =>
        (Card, _ledger, _records, Ranks, Updates, _data, Place) = (card, ledger, records, ranks, updates, data, place);

    public RunCard Card { get; }

    public RankGroup Ranks { get; }

    public PolicyUpdates Updates { get; }

    /// <summary>Committed steps behind the weights.</summary>
    public int Step { get; private set; }

    public int ColdStartSteps { get; private set; }

    /// <summary>Where in the order of prompts the next step begins.</summary>
    public PromptPlace Place { get; private set; }

    /// <summary>Starts ranks with the newest state of a run that is not after a step.</summary>
    /// <param name="role">Of the ranks, different from every other's.</param>
    /// <param name="savesFor">The run whose checkpoints the ranks write.</param>
    /// <exception cref="RunRefusedException">There is no such run, or the step was never committed.</exception>
    public static async Task<StepReplay> OpenAsync(
        ReplayTools tools, string runId, int step, string role, long epoch, string savesFor, CancellationToken cancellationToken)
    {
        var card = await tools.Runs.FindAsync(runId, cancellationToken) ?? throw new RunRefusedException($"There is no run {runId}.");
        var ledger = tools.Runs.Ledger(runId);
        var head = await ledger.ReadHeadAsync(cancellationToken);
        if (step < head.Branches[0].FirstStep - 1 || step > head.Step)
            throw new RunRefusedException($"Run {runId} has the steps {head.Branches[0].FirstStep - 1} to {head.Step}, and {step} is none of them.");

        var start = await Checkpointer.FindNewestAsync(tools.Runs.Checkpoints(runId), ledger, step, new HashSet<string>(), cancellationToken);
        if (start is null && head.Branches[0].FirstStep > 1)
            throw new RunRefusedException($"Run {runId} was forked, and none of its checkpoints up to step {step} is left to begin from.");

        card = card with { Spec = card.SpecAt(head, (start?.Step ?? 0) + 1) };
        var data = await tools.Data.LoadAsync(runId, card.Spec);
        var ranks = new RankGroup(tools.Grains, runId, role, card.Spec, FirstPolicy.Workload(card.Spec, data.Tokenizer), epoch);
        var updates = new PolicyUpdates(ranks, card.Spec, start?.Updates ?? 0);
        await ranks.StartAsync(
            start is null ? "" : Engine.Checkpointing.CheckpointStore.NameOf(start), [], cancellationToken, savesFor);
        var replay = new StepReplay(card, ledger, new StepRecords(ledger, tools.Serializer), ranks, updates, data, PromptPlace.Begin(data, start))
        {
            Step = start?.Step ?? 0,
            ColdStartSteps = start?.ColdStartSteps ?? 0,
        };

        await replay.ColdStartAsync(data, cancellationToken);
        return replay;
    }

    /// <summary>The head of the run's ledger as it was after the step that this replay is at.</summary>
    public Task<LedgerHead> HeadAsync(CancellationToken cancellationToken) => _ledger.AtAsync(Step, cancellationToken);

    public async Task<(StepRecord Record, CollectedGroups Collected)> ReadNextAsync(CancellationToken cancellationToken)
    {
        if (Card.SpecAt(_ledger.Head, Step + 1).Layout is var next && next != Card.Spec.Layout)
            throw new RunRefusedException(
                $"After step {Step} the layout changed from {Card.Spec.Layout} to {next}; compute again up to step {Step}, or from a checkpoint after it.");

        var record = await _ledger.ReadStepAsync(Step + 1, cancellationToken)
            ?? throw new RunRefusedException($"Step {Step + 1} has no record; nothing after step {Step} can be computed again.");
        return (record, await _records.ReadAsync(record, cancellationToken));
    }

    /// <returns>What the step's updates showed, the hash of the weights after it, and whether the ledger's chain agrees.</returns>
    public async Task<(IReadOnlyList<UpdateReport> Updates, string Hash, bool Matches)> StepAsync(
        StepRecord record, CollectedGroups collected, CancellationToken cancellationToken)
    {
        var updates = await Updates.StepAsync(collected.Groups, cancellationToken);
        var hash = await Ranks.HashAsync(cancellationToken);
        (Step, Place) = (record.Step, PromptPlace.Before(record).After(_data, collected));
        return (updates, hash, record.ChainAfter(hash) == await _ledger.FindChainAsync(record.Step, cancellationToken));
    }

    private async Task ColdStartAsync(RunData data, CancellationToken cancellationToken)
    {
        if (Step > 0 || Card.Spec.ColdStart is not { } spec || ColdStartSteps >= spec.Steps)
            return;

        var coldStart = new ColdStart(Ranks, spec, data);
        for (; ColdStartSteps < spec.Steps; ColdStartSteps++)
            await coldStart.StepAsync(ColdStartSteps, cancellationToken);
    }
}
