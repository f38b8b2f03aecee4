using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Ledgers;
using SeedOrleans.Engine.Models;
using SeedOrleans.GrainInterfaces.Runs;
using SeedOrleans.Grains.Placement;
using SeedOrleans.Grains.Rollout;

namespace SeedOrleans.Grains.Runs;

/// <inheritdoc cref="ITrainingRunGrain"/>
/// <remarks>The loop runs beside the grain's calls on the grain's own scheduler, so they interleave where it awaits and never race.</remarks>
[KeepAlive]
[AvoidDraining]
internal sealed class TrainingRunGrain(
    RunDataCache data, RunFolders folders, RunStore runs, PolicySnapshots snapshots, ISiloRoster roster, HostedRuns hosted, IScoredLog log,
    Serializer serializer, TimeProvider time,
    ILogger<TrainingRunGrain> logger) : Grain, ITrainingRunGrain
{
    private CancellationTokenSource _stop = new();
    private RunProgress _progress = new();
    private RunCard? _card;
    private RunReporter? _report;
    private Task? _loop;
    private bool _isLeaving;

    private string RunId => this.GetPrimaryKeyString();

    private RunCard Card => _card ?? throw new KeyNotFoundException($"Run {RunId} was never started on this cluster.");

    private LedgerEnding? Ending => _loop is { IsCompleted: false } ? null : _progress.Head.Ending;

    /// <summary>A run that lost its silo goes on here.</summary>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(RunId, cancellationToken) is not { } card)
            return;

        await OpenAsync(card, cancellationToken);
        if (_progress.Head.Ending is null)
            _loop = RunAsync();
    }

    public async Task StartAsync(RunCardDraft draft, CancellationToken cancellationToken)
    {
        if (_card is not null)
            return;

        try
        {
            var run = await RunAdmission.CheckAsync(RunId, draft.Spec, data, folders, roster);
            var card = new RunCard
            {
                Spec = LayoutChoice.First(draft.Spec, run, roster),
                SubmittedAt = time.GetUtcNow(),
                Parent = draft.ParentRun.Length > 0 ? new ForkPoint(draft.ParentRun, draft.ParentStep) : null,
            };
            if (!await runs.TryCreateAsync(RunId, card, cancellationToken))
                card = (await runs.FindAsync(RunId, cancellationToken))!;

            await OpenAsync(card, cancellationToken);
            _report!.WriteMetricsTo(folders.Of(RunId));
            _report.Message($"{run.Training.Prompts.Length} prompts to train on, {run.Evaluation.Prompts.Length} held out");
            if (card.Spec.Layout.Auto)
                _report.Message($"layout: {card.Spec.Layout}; {card.Spec.Training.MicroBatchTokens} tokens a micro-batch");
        }
        catch (IOException unwritable)
        {
            DeactivateOnIdle();
            data.Forget(RunId);
            throw new RunRefusedException($"The run's files cannot be written: {unwritable.Message}");
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }

        _loop = RunAsync();
    }

    public Task<RunSummary> GetSummaryAsync(CancellationToken cancellationToken)
    {
        double[] evaluations = [.. _report!.Evaluations];
        return Task.FromResult(new RunSummary
        {
            RunId = RunId,
            Name = Card.Spec.Name,
            Status = Ending?.Status ?? _progress.Status,
            Step = _progress.Step,
            TotalSteps = Card.Spec.Training.Steps,
            EvaluationBefore = evaluations is [var before, ..] ? before : null,
            EvaluationAfter = evaluations is [_, .., var after] ? after : null,
            SubmittedAt = Card.SubmittedAt,
            Elapsed = (Ending?.EndedAt ?? time.GetUtcNow()) - Card.SubmittedAt,
            Folder = folders.Of(RunId),
            Error = Ending?.Error ?? "",
            ChainHash = _progress.Head.Chain,
            WeightsHash = _progress.Head.WeightsHash,
            GroupsConsumed = _progress.Head.Consumed,
            GroupsDropped = _progress.Head.Dropped,
            Epoch = _progress.Head.Epoch,
            GroupsDuplicated = _progress.Audit.Duplicated,
            GroupsLost = _progress.Audit.Lost,
            Recoveries = _report.Recoveries,
            Alerts = _report.Alerts,
            Silos = _progress.Silos(),
            Goodput = _report.Goodput(time.GetUtcNow()),
            ForkedFrom = Card.Parent is { } parent ? $"{parent}" : "",
        });
    }

    public Task<RunSpec> GetSpecAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Card.SpecAt(_progress.Head, _progress.Head.Step + 1));

    public Task<ImmutableArray<RunEvent>> ReadEventsAsync(long after, CancellationToken cancellationToken) =>
        Task.FromResult(_report?.Read(after) ?? []);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_loop is null)
            return;

        await _stop.CancelAsync();
        await _loop.WaitAsync(cancellationToken);
    }

    public async Task ResumeAsync(int? step, LayoutSpec? layout, CancellationToken cancellationToken)
    {
        var ledger = runs.Ledger(RunId);
        var head = await ledger.ReadHeadAsync(cancellationToken);
        RunResumption.Check(RunId, Card.Spec, head, step);
        var now = Card.SpecAt(head, head.Step + 1).Layout;
        var run = await RunAdmission.CheckAsync(RunId, Card.Spec with { Layout = layout ?? now }, data, folders, roster);
        if ((layout ?? now).Auto)
            layout = LayoutChoice.Again(Card.Spec, run, roster) is var chosen && chosen != now ? chosen : null;

        await LeaveAsync(cancellationToken);
        await ledger.RewindAsync(step ?? head.Step, cancellationToken, layout);
        await OpenAsync(Card, cancellationToken);
        if (step < head.Step)
            _report!.Rewound(step.Value);

        (_stop, _isLeaving) = (new CancellationTokenSource(), false);
        _loop = RunAsync();
        await GrainFactory.GetGrain<IRunCatalogGrain>(IRunCatalogGrain.DefaultTenant).NoteResumedAsync(RunId, cancellationToken);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => LeaveAsync(cancellationToken);

    /// <summary>Ends the loop, and not the run.</summary>
    private async Task LeaveAsync(CancellationToken cancellationToken)
    {
        _isLeaving = true;
        await _stop.CancelAsync();
        if (_loop is not null)
            await _loop.WaitAsync(cancellationToken);
    }

    private async Task OpenAsync(RunCard card, CancellationToken cancellationToken)
    {
        _report = await RunReporter.OpenAsync(runs.Events(RunId), serializer.GetSerializer<RunEvent>(), time, cancellationToken);
        var ledger = runs.Ledger(RunId);
        _progress = new RunProgress { Head = await ledger.ReadHeadAsync(cancellationToken) };
        await foreach (var record in ledger.ReadCommittedAsync(_progress.Head.Branches[0].FirstStep - 1, cancellationToken))
            _progress.Audit.Add(record);

        _card = card;
    }

    /// <summary>Never fails: how the run ended stands in its ledger.</summary>
    private async Task RunAsync()
    {
        // Let the caller have its answer before the first step begins.
        await Task.Yield();
        using var stay = hosted.Enter(RunId);
        var tools = new RunTools(RunId, Card, runs, data, folders, GrainFactory, roster, log, _report!, _progress, serializer, time);
        var leader = new RunLeader(tools, logger);
        var ending = await leader.LeadAsync(() => _isLeaving, _stop.Token);
        if (ending is null)
        {
            // The run goes on elsewhere, or will; nothing of it may be ended from here.
            await _report!.DisposeAsync();
            DeactivateOnIdle();
            return;
        }

        await leader.FreeAsync();
        snapshots.RemoveAll($"{RunId}/");
        data.Forget(RunId);
        _report!.Finished(ending.Status switch
        {
            RunStatus.Succeeded => $"the policy is in {folders.PolicyOf(RunId)}",
            RunStatus.Stopped => "stopped",
            _ => ending.Error,
        });
        await _report.DisposeAsync();
        _progress.Head = _progress.Head with { Ending = ending };
    }
}
