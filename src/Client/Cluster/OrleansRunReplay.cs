using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Client.Cluster;

/// <inheritdoc cref="IRunReplay"/>
internal sealed class OrleansRunReplay(IReplayGrain grain, ClusterQuestions questions) : IRunReplay
{
    /// <summary>Who goes away does not wait for long; a replay that was not told to end ends by itself.</summary>
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(10);

    public Task<ReplayProgress> GetProgressAsync(int known, CancellationToken cancellationToken) =>
        questions.AskQuicklyAsync(token => grain.GetProgressAsync(known, token), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        using var deadline = new CancellationTokenSource(StopDeadline);
        try
        {
            await questions.TellAsync(grain.StopAsync, deadline.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or ClusterUnreachableException or RunRefusedException)
        {
            // There is nobody left to tell.
        }
    }
}
