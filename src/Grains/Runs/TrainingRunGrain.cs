using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Models;
using SeedOrleans.GrainInterfaces.Runs;
using SeedOrleans.Grains.Rollout;
using SeedOrleans.Grains.Training;

namespace SeedOrleans.Grains.Runs;

/// <inheritdoc cref="ITrainingRunGrain"/>
/// <remarks>The loop runs beside the grain's calls on the grain's own scheduler, so they interleave where it awaits and never race.</remarks>
[KeepAlive, PreferLocalPlacement]
internal sealed partial class TrainingRunGrain(
    RunDataCache data, RunFolders folders, PolicySnapshots snapshots, TimeProvider time, ILogger<TrainingRunGrain> logger)
    : Grain, ITrainingRunGrain
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly RunProgress _progress = new();
    private RunSpec? _spec;
    private RunReporter? _report;
    private Task? _loop;
    private DateTimeOffset _startedAt;
    private DateTimeOffset? _endedAt;

    private string RunId => this.GetPrimaryKeyString();

    private RunSpec Spec => _spec ?? throw new KeyNotFoundException($"Run {RunId} was never started on this cluster.");

    public async Task StartAsync(RunSpec spec, CancellationToken cancellationToken)
    {
        if (_spec is not null)
            return;

        RunData run;
        try
        {
            run = await RunAdmission.CheckAsync(RunId, spec, data, folders);
            _report = new RunReporter(folders.Of(RunId), time);
        }
        catch (IOException unwritable)
        {
            DeactivateOnIdle();
            data.Forget(RunId);
            throw new RunRefusedException($"The run's metrics cannot be written: {unwritable.Message}");
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }

        (_spec, _startedAt) = (spec, time.GetUtcNow());
        _report.Message($"{run.Training.Prompts.Length} prompts to train on, {run.Evaluation.Prompts.Length} held out");

        var ranks = new RankGroup(GrainFactory, RunId, spec);
        var rollouts = new RolloutGroupCollector(GrainFactory, RunId, spec);
        var loop = new TrainingLoop(spec, run, ranks, rollouts, _report, _progress, time);
        _loop = RunAsync(loop, ranks, rollouts);
    }

    public Task<RunSummary> GetSummaryAsync(CancellationToken cancellationToken) => Task.FromResult(new RunSummary
    {
        RunId = RunId,
        Name = Spec.Name,
        Status = _progress.Status,
        Step = _progress.Step,
        TotalSteps = Spec.Training.Steps,
        EvaluationBefore = _progress.EvaluationBefore,
        EvaluationAfter = _progress.EvaluationAfter,
        SubmittedAt = _startedAt,
        Elapsed = (_endedAt ?? time.GetUtcNow()) - _startedAt,
        Folder = folders.Of(RunId),
        Error = _progress.Error,
    });

    public Task<RunSpec> GetSpecAsync(CancellationToken cancellationToken) => Task.FromResult(Spec);

    public Task<ImmutableArray<RunEvent>> ReadEventsAsync(long after, CancellationToken cancellationToken) =>
        Task.FromResult(_report?.Read(after) ?? []);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_loop is null)
            return;

        await _stop.CancelAsync();
        await _loop.WaitAsync(cancellationToken);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        if (_loop is not null)
            await _loop.WaitAsync(cancellationToken);
    }

    /// <summary>Never fails: how the run ended stands in its progress.</summary>
    private async Task RunAsync(TrainingLoop loop, RankGroup ranks, RolloutGroupCollector rollouts)
    {
        // Let the caller have its answer before the first step begins.
        await Task.Yield();
        var status = RunStatus.Succeeded;
        try
        {
            await loop.RunAsync(folders.PolicyOf(RunId), _stop.Token);
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            status = RunStatus.Stopped;
        }
        catch (Exception failure) // A run's boundary: whatever went wrong is the run's result.
        {
            (status, _progress.Error) = (RunStatus.Failed, Explain(failure));
            LogFailed(logger, RunId, failure);
        }

        await FreeAsync(ranks, rollouts, loop.Version);
        _endedAt = time.GetUtcNow();
        _progress.Status = status;
        _report!.Finished(status switch
        {
            RunStatus.Succeeded => $"the policy is in {folders.PolicyOf(RunId)}",
            RunStatus.Stopped => "stopped",
            _ => _progress.Error,
        });
        _report.Dispose();
    }

    private static string Explain(Exception failure) => failure is IOException
        ? $"{failure.Message}; see that its folder has room and can be written, or give the silo another one with --data"
        : failure.Message;

    private async Task FreeAsync(RankGroup ranks, RolloutGroupCollector rollouts, PolicyVersion last)
    {
        using var patience = new CancellationTokenSource(StopPatience, time);
        try
        {
            await Task.WhenAll(rollouts.StopAsync(patience.Token), ranks.StopAsync(patience.Token));
            await rollouts.RetireAsync(last, patience.Token);
        }
        catch (Exception failure) // The run is over either way; what would not stop is named for the operator.
        {
            LogNotFreed(logger, RunId, failure);
        }

        snapshots.RemoveAll($"{RunId}/");
        data.Forget(RunId);
    }

    [LoggerMessage(LogLevel.Error, "Run {RunId} failed")]
    private static partial void LogFailed(ILogger logger, string runId, Exception failure);

    [LoggerMessage(LogLevel.Error, "Run {RunId} ended, but some of its actors did not stop")]
    private static partial void LogNotFreed(ILogger logger, string runId, Exception failure);
}
