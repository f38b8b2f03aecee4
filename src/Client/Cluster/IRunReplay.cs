using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Client.Cluster;

/// <summary>Steps that are computed again; fails as <see cref="IRunConnection"/> does. Disposing ends it and frees its devices.</summary>
internal interface IRunReplay : IAsyncDisposable
{
    /// <summary>Waits for news, for about a second at most.</summary>
    /// <param name="known">Steps that the caller knows already.</param>
    Task<ReplayProgress> GetProgressAsync(int known, CancellationToken cancellationToken);
}
