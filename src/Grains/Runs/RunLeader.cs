using Microsoft.Extensions.Logging;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Engine.Ledgers;
using SeedOrleans.Grains.Training;

namespace SeedOrleans.Grains.Runs;

/// <summary>Leads a run through as many lives as it takes: when an actor is lost, or should be elsewhere, a new epoch starts all of them again.</summary>
internal sealed partial class RunLeader(RunTools tools, ILogger logger)
{
    /// <summary>Losses without a step between them, after which the fault is not the machines'.</summary>
    private const int MostLosses = 8;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50), LongestPause = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private readonly RunLedger _ledger = tools.Runs.Ledger(tools.RunId);
    private readonly HashSet<string> _damaged = [];
    private RunIncarnation? _life;
    private TrainingLoop? _loop;

    private RunProgress Progress => tools.Progress;

    /// <returns>How the run ended; null where somebody else leads it now, or will.</returns>
    public async Task<LedgerEnding?> LeadAsync(Func<bool> isLeaving, CancellationToken stop)
    {
        var (losses, wasLost) = (0, false);
        while (true)
        {
            var begun = Progress.Step;
            try
            {
                await LiveAsync(wasLost, stop);
                return await EndAsync(RunStatus.Succeeded, "");
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return isLeaving() ? await LeaveAsync() : await EndAsync(RunStatus.Stopped, "");
            }
            catch (StaleEpochException)
            {
                return null;
            }
            catch (MoveException move)
            {
                tools.Report.Message($"{move.Message}: the run's actors move at step {Progress.Step}");
                if (!await TryMoveAsync(stop))
                    return null;

                wasLost = false;
                continue;
            }
            catch (Exception loss) when (LossOfActors.Is(loss) && (losses = Progress.Step > begun ? 1 : losses + 1) < MostLosses)
            {
                if (await IsSupersededAsync())
                    return null;

                if (loss is DamagedCheckpointException damaged)
                    _damaged.Add(damaged.Checkpoint);

                tools.Report.Message($"{loss.Message.TrimEnd('.')}; going on from step {Progress.Step}");
                LogLost(logger, tools.RunId, Progress.Step, loss);
                wasLost = true;
            }
            catch (Exception failure) // A run's boundary: whatever went wrong is the run's result.
            {
                LogFailed(logger, tools.RunId, failure);
                return await EndAsync(RunStatus.Failed, Explain(failure));
            }

            // The first loss is a death as a rule, and who is dead will not be better for waiting.
            if (losses > 1)
                await Task.Delay(Min(FirstPause * (1 << losses), LongestPause), tools.Time, stop)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <summary>Ends the run's actors.</summary>
    public async Task FreeAsync()
    {
        if (_life is not { } life)
            return;

        using var patience = new CancellationTokenSource(StopPatience, tools.Time);
        try
        {
            await life.StopActorsAsync(patience.Token);
            await life.Rollouts.RetireAsync(_loop?.Version ?? PolicyVersion.Initial, patience.Token);
            if (_ledger.Head.Ending is not null)
                await tools.Log.ReleaseAsync(tools.RunId, patience.Token);
        }
        catch (Exception failure) // The run is over either way; what would not stop is named for the operator.
        {
            LogNotFreed(logger, tools.RunId, failure);
        }
    }

    private async Task LiveAsync(bool wasLost, CancellationToken stop)
    {
        var loaded = await tools.Data.LoadAsync(tools.RunId, tools.Card.Spec);
        tools.Report.WriteMetricsTo(tools.Folders.Of(tools.RunId));
        _life = await RunIncarnation.BeginAsync(tools, _ledger, loaded, _damaged, wasLost, _loop?.Recovery, stop);
        _loop = new TrainingLoop(_life);
        await _loop.RunAsync(tools.Folders.PolicyOf(tools.RunId), stop);
    }

    /// <summary>Leaves a checkpoint and ends the actors, so that the next life finds them wherever there is room.</summary>
    /// <returns>False where the next life is another silo's to lead.</returns>
    private async Task<bool> TryMoveAsync(CancellationToken stop)
    {
        try
        {
            await _loop!.LeaveCheckpointAsync(stop);
            await FreeAsync();
        }
        catch (Exception failure) when (failure is RanksDifferException or OperationCanceledException || LossOfActors.Is(failure))
        {
            // What was not left behind is computed again.
            LogLost(logger, tools.RunId, Progress.Step, failure);
        }

        return !tools.Roster.Living.Any(silo => silo.Address.Equals(tools.Roster.Own) && silo.IsDraining);
    }

    /// <summary>The silo ends while the run goes on: hands over what there is time for.</summary>
    private async Task<LedgerEnding?> LeaveAsync()
    {
        if (_loop is { Recovery: null })
            await TryMoveAsync(CancellationToken.None);

        return null;
    }

    /// <returns>Null where somebody else leads the run now.</returns>
    private async Task<LedgerEnding?> EndAsync(RunStatus status, string error)
    {
        var ending = new LedgerEnding(status, error, tools.Time.GetUtcNow());
        try
        {
            if (_ledger.Head.Epoch == 0)
                await _ledger.TakeOverAsync(CancellationToken.None);

            await _ledger.EndAsync(ending, CancellationToken.None);
            Progress.Head = _ledger.Head;
        }
        catch (StaleEpochException)
        {
            return null;
        }
        catch (IOException unwritable)
        {
            LogNotWritten(logger, tools.RunId, unwritable);
        }

        return ending;
    }

    /// <summary>The actors may be lost to a successor: then there is nothing left to lead.</summary>
    private async Task<bool> IsSupersededAsync()
    {
        try
        {
            return _life is { } life && await _ledger.FindEpochAsync(CancellationToken.None) != life.Epoch;
        }
        catch (IOException)
        {
            // The next life will know; whoever is not the newest commits nothing.
            return false;
        }
    }

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

    [LoggerMessage(LogLevel.Error, "Run {RunId} ended, but how could not be written")]
    private static partial void LogNotWritten(ILogger logger, string runId, Exception failure);
}
