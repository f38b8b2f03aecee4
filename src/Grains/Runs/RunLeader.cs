using Microsoft.Extensions.Logging;
using Orleans.Serialization;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Ledgers;
using SeedOrleans.Grains.Training;

namespace SeedOrleans.Grains.Runs;

/// <summary>Leads a run through as many lives as it takes: when an actor is lost, a new epoch starts all of them again.</summary>
internal sealed partial class RunLeader(
    string runId, RunSpec spec, RunStore runs, RunDataCache data, RunFolders folders, IGrainFactory grains, RunReporter report,
    RunProgress progress, Serializer serializer, TimeProvider time, ILogger logger)
{
    /// <summary>Losses without a step between them, after which the fault is not the machines'.</summary>
    private const int MostLosses = 8;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100), LongestPause = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private readonly HashSet<string> _damaged = [];
    private RunIncarnation? _life;
    private TrainingLoop? _loop;

    /// <returns>How the run ended; null where somebody else leads it now, or will.</returns>
    public async Task<Ending?> LeadAsync(Func<bool> isLeaving, CancellationToken stop)
    {
        for (var losses = 0; ;)
        {
            var begun = progress.Step;
            try
            {
                await LiveAsync(stop);
                return new Ending(RunStatus.Succeeded, "");
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return isLeaving() ? null : new Ending(RunStatus.Stopped, "");
            }
            catch (StaleEpochException)
            {
                return null;
            }
            catch (Exception loss) when (LossOfActors.Is(loss) && (losses = progress.Step > begun ? 1 : losses + 1) < MostLosses)
            {
                if (await IsSupersededAsync())
                    return null;

                if (loss is DamagedCheckpointException damaged)
                    _damaged.Add(damaged.Checkpoint);

                report.Message($"{loss.Message.TrimEnd('.')}; going on from step {progress.Step}");
                LogLost(logger, runId, progress.Step, loss);
            }
            catch (Exception failure) // A run's boundary: whatever went wrong is the run's result.
            {
                LogFailed(logger, runId, failure);
                return new Ending(RunStatus.Failed, Explain(failure));
            }

            await Task.Delay(Min(FirstPause * (1 << losses), LongestPause), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <summary>Ends the run's actors.</summary>
    public async Task FreeAsync()
    {
        if (_life is not { } life)
            return;

        using var patience = new CancellationTokenSource(StopPatience, time);
        try
        {
            await Task.WhenAll(life.Rollouts.StopAsync(patience.Token), life.Ranks.StopAsync(patience.Token));
            await life.Rollouts.RetireAsync(_loop?.Version ?? PolicyVersion.Initial, patience.Token);
        }
        catch (Exception failure) // The run is over either way; what would not stop is named for the operator.
        {
            LogNotFreed(logger, runId, failure);
        }
    }

    private async Task LiveAsync(CancellationToken stop)
    {
        var loaded = await data.LoadAsync(runId, spec);
        report.WriteMetricsTo(folders.Of(runId));
        _life = await RunIncarnation.BeginAsync(runId, spec, loaded, runs, _damaged, grains, report, progress, serializer, time, stop);
        _loop = new TrainingLoop(_life);
        await _loop.RunAsync(folders.PolicyOf(runId), stop);
    }

    /// <summary>The actors may be lost to a successor: then there is nothing left to lead.</summary>
    private async Task<bool> IsSupersededAsync() =>
        _life is { } life && (await runs.Ledger(runId).ReadHeadAsync(CancellationToken.None)).Epoch != life.Epoch;

    private static string Explain(Exception failure) => failure is IOException
        ? $"{failure.Message}; see that its folder has room and can be written, or give the silo another one with --data"
        : failure.Message;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    [LoggerMessage(LogLevel.Warning, "Run {RunId} lost an actor at step {Step} and starts its actors again")]
    private static partial void LogLost(ILogger logger, string runId, int step, Exception loss);

    [LoggerMessage(LogLevel.Error, "Run {RunId} failed")]
    private static partial void LogFailed(ILogger logger, string runId, Exception failure);

    [LoggerMessage(LogLevel.Error, "Run {RunId} ended, but some of its actors did not stop")]
    private static partial void LogNotFreed(ILogger logger, string runId, Exception failure);

    public sealed record Ending(RunStatus Status, string Error);
}
