using SeedOrleans.Client.Cluster;
using SeedOrleans.Client.Following;
using SeedOrleans.Client.Silos;
using SeedOrleans.Client.Views;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Client.Commands;

/// <summary>A run on a silo of its own: start, submit, follow to the end, leave nothing running.</summary>
internal sealed class LocalRun(CommandServices services, IRunView view)
{
    /// <summary>A run promises to stop within two seconds; more than this is not waited for, the silo is ended anyway.</summary>
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(10);

    /// <param name="storage">Where the silo works together with others, and where the run outlives it; null for a silo alone.</param>
    /// <returns>The run as it ended.</returns>
    /// <exception cref="SiloFailedException">The silo ended before the run did.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; the silo was stopped, and the run too unless it has a storage to go on from.</exception>
    public async Task<RunSummary> ExecuteAsync(RunSpec spec, string dataFolder, string? storage, CancellationToken cancellationToken)
    {
        await using var silo = await services.Silos.StartAsync(dataFolder, storage, cancellationToken);

        // A call to a silo that died would wait for its time-out; this ends the wait when the process ends.
        using var alive = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = silo.Ended.ContinueWith(_ => CancelQuietly(alive), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

        try
        {
            await using var connection = await services.Connector.ConnectAsync(new ClusterPlace(silo.Gateway, storage, silo.ClusterId), alive.Token);
            return await FollowAsync(connection, spec, storage, alive.Token, cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ClusterUnreachableException && IsLost(silo, cancellationToken))
        {
            var reason = "The silo ended before the run did. " + (storage is null ? "" : $"The run {GoesOn(storage)} ");
            throw new SiloFailedException($"{reason}It logged last:", silo.LogTail());
        }
    }

    private async Task<RunSummary> FollowAsync(
        IRunConnection connection, RunSpec spec, string? storage, CancellationToken alive, CancellationToken interrupted)
    {
        var runId = await connection.SubmitAsync(spec, alive);
        view.Submitted(runId);

        try
        {
            await view.ShowAsync(new RunFollower(connection, services.Time).FollowAsync(runId, alive));
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            if (storage is null)
                await StopAsync(connection, runId);
            else
                await services.Console.Error.WriteLineAsync($"Run {runId} is not finished: it {GoesOn(storage)}");

            throw;
        }

        var summary = await connection.GetSummaryAsync(runId, alive);
        view.Finished(summary);
        return summary;
    }

    private async Task StopAsync(IRunConnection connection, string runId)
    {
        using var deadline = new CancellationTokenSource(StopDeadline, services.Time);
        try
        {
            await services.Console.Error.WriteLineAsync("Stopping the run …");
            await connection.StopAsync(runId, deadline.Token);
            view.Finished(await connection.GetSummaryAsync(runId, deadline.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ClusterUnreachableException)
        {
            await services.Console.Error.WriteLineAsync("The run did not answer; its silo is ended all the same.");
        }
    }

    private static string GoesOn(string storage) =>
        $"goes on as soon as another silo works on {ClusterPlace.NameOf(storage)}, for example after 'seed cluster up --storage …'.";

    private static bool IsLost(IRunningSilo silo, CancellationToken interrupted) => silo.Ended.IsCompleted && !interrupted.IsCancellationRequested;

    private static void CancelQuietly(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The run was over first.
        }
    }
}
