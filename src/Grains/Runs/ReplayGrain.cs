using System.Globalization;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;
using SeedOrleans.Domain.Runs;
using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Grains.Runs;

/// <inheritdoc cref="IReplayGrain"/>
[KeepAlive]
internal sealed partial class ReplayGrain(
    RunStore runs, RunDataCache data, RunFolders folders, Serializer serializer, TimeProvider time, ILogger<ReplayGrain> logger) : Grain, IReplayGrain
{
    /// <summary>Every replay has ranks of its own, so there is nobody to fence off.</summary>
    private const long Epoch = 1;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<ReplayedStep> _steps = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _loop;
    private string _error = "";

    private string RunId => this.GetPrimaryKeyString()[..this.GetPrimaryKeyString().LastIndexOf('/')];

    private string ReplayId => this.GetPrimaryKeyString()[(RunId.Length + 1)..];

    public async Task StartAsync(ReplayOrder order, CancellationToken cancellationToken)
    {
        if (_loop is not null)
            return;

        var ledger = runs.Ledger(RunId);
        var head = await ledger.ReadHeadAsync(cancellationToken);
        var first = head.Branches[0].FirstStep;
        if (await runs.FindAsync(RunId, cancellationToken) is null)
            throw Refuse($"There is no run {RunId}.");

        if (order.From < first || order.To > head.Step || order.From > order.To)
            throw Refuse($"Run {RunId} has the steps {first} to {head.Step}; {order.From} to {order.To} are not among them.");

        _loop = RunAsync(order, _stop.Token);
    }

    public async Task<ReplayProgress> GetProgressAsync(int known, CancellationToken cancellationToken)
    {
        if (_loop is not { } loop)
            throw Refuse("The replay was lost with its silo, or never started; start another.");

        if (_steps.Count <= known && !loop.IsCompleted)
            await _changed.Task.WaitAsync(LongestWait, time, cancellationToken).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        return new ReplayProgress { Steps = [.. _steps.Skip(known)], IsFinished = loop.IsCompleted, Error = _error };
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        if (_loop is { } loop)
            await loop.WaitAsync(cancellationToken);

        DeactivateOnIdle();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _stop.CancelAsync();

    /// <summary>Never fails: what went wrong is told to whoever follows.</summary>
    private async Task RunAsync(ReplayOrder order, CancellationToken cancellationToken)
    {
        await Task.Yield();
        try
        {
            await ReplayAsync(order, cancellationToken);
        }
        catch (Exception failure) // A replay's boundary: whatever went wrong is its result.
        {
            _error = cancellationToken.IsCancellationRequested ? "The replay was stopped." : failure.Message;
            LogFailed(logger, this.GetPrimaryKeyString(), failure);
        }
        finally
        {
            Changed();
        }
    }

    private async Task ReplayAsync(ReplayOrder order, CancellationToken cancellationToken)
    {
        var replay = await StepReplay.OpenAsync(
            new ReplayTools(runs, data, GrainFactory, serializer), RunId, order.From - 1, $"replay-{ReplayId}", Epoch, savesFor: "", cancellationToken);
        try
        {
            while (replay.Step < order.To)
            {
                var began = time.GetTimestamp();
                var (record, collected) = await replay.ReadNextAsync(cancellationToken);
                var dump = order.Dump && record.Step >= order.From ? new StepDump(FolderOf(record.Step)) : null;
                if (dump is not null)
                    await dump.BeginAsync(record, collected, replay, cancellationToken);

                var (updates, hash, matches) = await replay.StepAsync(record, collected, cancellationToken);
                if (dump is not null)
                    await dump.EndAsync(updates, hash, replay, cancellationToken);

                if (record.Step < order.From)
                    continue;

                _steps.Add(new ReplayedStep
                {
                    Step = record.Step,
                    WeightsHash = hash,
                    Matches = matches,
                    Took = time.GetElapsedTime(began),
                    Dump = dump?.Folder ?? "",
                });
                Changed();
            }
        }
        finally
        {
            await replay.Ranks.StopAsync(CancellationToken.None);
        }
    }

    private string FolderOf(int step) =>
        Path.Combine(folders.Of(RunId), "replays", string.Create(CultureInfo.InvariantCulture, $"step-{step:d8}"));

    private void Changed()
    {
        var waiting = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.SetResult();
    }

    private RunRefusedException Refuse(string reason)
    {
        DeactivateOnIdle();
        return new RunRefusedException(reason);
    }

    [LoggerMessage(LogLevel.Warning, "Replay {Replay} ended early")]
    private static partial void LogFailed(ILogger logger, string replay, Exception failure);
}
