using SeedOrleans.Client.Cluster;
using SeedOrleans.Client.Following;
using SeedOrleans.Client.Views;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Commands;

/// <summary>Follows a run that lives without us; an interruption detaches and leaves it running.</summary>
internal sealed class RemoteWatch(CommandServices services, IRunConnection connection, IRunView view)
{
    /// <summary>Says that a run was started, and follows it if that is wanted.</summary>
    public async Task<int> BeginAsync(string runId, bool follow, bool json, CancellationToken cancellationToken)
    {
        if (follow)
        {
            view.Submitted(runId);
            return await FollowAsync(runId, cancellationToken);
        }

        await services.Console.Output.WriteLineAsync(json ? RunJson.Submitted(runId) : runId);
        return ExitCode.Fine;
    }

    /// <returns>The exit code that says how the run ended.</returns>
    public async Task<int> FollowAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            await view.ShowAsync(new RunFollower(connection, services.Time).FollowAsync(runId, cancellationToken));
            var summary = await connection.GetSummaryAsync(runId, cancellationToken);
            view.Finished(summary);

            return summary.Status == RunStatus.Succeeded ? ExitCode.Fine : ExitCode.RunFailed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await services.Console.Error.WriteLineAsync(
                $"Detached; run {runId} goes on. 'seed watch {runId}' shows it again, 'seed stop {runId}' ends it.");
            return ExitCode.Interrupted;
        }
    }
}
