using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Models;
using SeedOrleans.GrainInterfaces.Runs;
using SeedOrleans.Grains.Placement;

namespace SeedOrleans.Grains.Runs;

/// <inheritdoc cref="ITrainingRunGrain"/>
/// <remarks>The loop runs beside the grain's calls on the grain's own scheduler, so they interleave where it awaits and never race.</remarks>
[KeepAlive]
[AvoidDraining]
internal sealed partial class TrainingRunGrain(
    RunDataCache data, RunFolders folders, RunStore runs, PolicySnapshots snapshots, Serializer serializer, TimeProvider time,
    ILogger<TrainingRunGrain> logger) : Grain, ITrainingRunGrain
{
    private readonly CancellationTokenSource _stop = new();
    private readonly RunProgress _progress = new();
    private RunCard? _card;
    private RunOutcome? _outcome;
    private RunReporter? _report;
    private Task? _loop;
    private bool _isLeaving;

    private string RunId => this.GetPrimaryKeyString();

    private RunCard Card => _card ?? throw new KeyNotFoundException($"Run {RunId} was never started on this cluster.");

    /// <summary>A run that lost its silo goes on here.</summary>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(RunId, cancellationToken) is not { } card)
            return;

        await OpenAsync(card, cancellationToken);
        if (await runs.FindOutcomeAsync(RunId, cancellationToken) is { } outcome)
        {
            _progress.Head = await runs.Ledger(RunId).ReadHeadAsync(cancellationToken);
            End(outcome);
        }
        else
        {
            _loop = RunAsync();
        }
    }

    public async Task StartAsync(RunSpec spec, CancellationToken cancellationToken)
    {
        if (_card is not null)
            return;

        try
        {
            var run = await RunAdmission.CheckAsync(RunId, spec, data, folders);
            var card = new RunCard { Spec = spec, SubmittedAt = time.GetUtcNow() };
            if (!await runs.TryCreateAsync(RunId, card, cancellationToken))
                card = (await runs.FindAsync(RunId, cancellationToken))!;

            await OpenAsync(card, cancellationToken);
            _report!.WriteMetricsTo(folders.Of(RunId));
            _report.Message($"{run.Training.Prompts.Length} prompts to train on, {run.Evaluation.Prompts.Length} held out");
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

    public Task<RunSummary> GetSummaryAsync(CancellationToken cancellationToken) => Task.FromResult(new RunSummary
    {
        RunId = RunId,
        Name = Card.Spec.Name,
        Status = _progress.Status,
        Step = _progress.Step,
        TotalSteps = Card.Spec.Training.Steps,
        EvaluationBefore = _report!.Evaluations is [var before, ..] ? before : null,
        EvaluationAfter = _report.Evaluations is [_, .., var after] ? after : null,
        SubmittedAt = Card.SubmittedAt,
        Elapsed = (_outcome?.EndedAt ?? time.GetUtcNow()) - Card.SubmittedAt,
        Folder = folders.Of(RunId),
        Error = _progress.Error,
        ChainHash = _progress.Head.Chain,
        WeightsHash = _progress.Head.WeightsHash,
        GroupsConsumed = _progress.Head.Consumed,
        GroupsDropped = _progress.Head.Dropped,
        Epoch = _progress.Head.Epoch,
    });

    public Task<RunSpec> GetSpecAsync(CancellationToken cancellationToken) => Task.FromResult(Card.Spec);

    public Task<ImmutableArray<RunEvent>> ReadEventsAsync(long after, CancellationToken cancellationToken) =>
        Task.FromResult(_report?.Read(after) ?? []);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_loop is null)
            return;

        await _stop.CancelAsync();
        await _loop.WaitAsync(cancellationToken);
    }

    public Task ResumeAsync(int? step, CancellationToken cancellationToken) => throw new RunRefusedException("Not yet.");

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _isLeaving = true;
        await _stop.CancelAsync();
        if (_loop is not null)
            await _loop.WaitAsync(cancellationToken);
    }

    private async Task OpenAsync(RunCard card, CancellationToken cancellationToken)
    {
        _report = await RunReporter.OpenAsync(runs.Events(RunId), serializer.GetSerializer<RunEvent>(), time, cancellationToken);
        _card = card;
    }

    /// <summary>Never fails: how the run ended stands in its outcome.</summary>
    private async Task RunAsync()
    {
        // Let the caller have its answer before the first step begins.
        await Task.Yield();
        var leader = new RunLeader(RunId, Card.Spec, runs, data, folders, GrainFactory, _report!, _progress, serializer, time, logger);
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

        var outcome = new RunOutcome { Status = ending.Status, Error = ending.Error, EndedAt = time.GetUtcNow() };
        try
        {
            await runs.TryEndAsync(RunId, outcome, CancellationToken.None);
        }
        catch (IOException unwritable)
        {
            LogNotWritten(logger, RunId, unwritable);
        }

        _report!.Finished(ending.Status switch
        {
            RunStatus.Succeeded => $"the policy is in {folders.PolicyOf(RunId)}",
            RunStatus.Stopped => "stopped",
            _ => ending.Error,
        });
        await _report.DisposeAsync();
        End(outcome);
    }

    private void End(RunOutcome outcome) => (_outcome, _progress.Status, _progress.Error) = (outcome, outcome.Status, outcome.Error);

    [LoggerMessage(LogLevel.Error, "Run {RunId} ended, but its outcome could not be written")]
    private static partial void LogNotWritten(ILogger logger, string runId, Exception failure);
}
