using System.Net;
using SeedOrleans.Engine.Parallelism;

namespace SeedOrleans.Engine.Tests.Parallelism;

/// <summary>All ranks of a mesh. Over TCP each has a listener and epochs of its own, as if it were alone in its process.</summary>
internal sealed class TestRanks(IReadOnlyList<RankGroups> ranks, IReadOnlyList<IDisposable> parts) : IDisposable
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public IReadOnlyList<RankGroups> Ranks => ranks;

    public RankGroups this[int rank] => ranks[rank];

    /// <param name="background">Whether ranks can also talk beside their computing.</param>
    public static async Task<TestRanks> MakeAsync(Wiring wiring, RankMesh mesh, bool background = true)
    {
        if (wiring == Wiring.InProcess)
            return new TestRanks(RankGroups.InProcess(mesh, background), []);

        var listeners = Enumerable.Range(0, mesh.Size).Select(_ => new PeerListener(IPAddress.Loopback, new GroupEpochs())).ToArray();
        var ranks = await Task.WhenAll(listeners.Select((listener, rank) => RankGroups.JoinAsync(
            mesh,
            rank,
            async (name, place, members) => await TcpGroup.JoinAsync(
                listener, new GroupName(name, 1), place, [.. members.Select(member => listeners[member].EndPoint)], TestGroup.Patience, Cancellation, members),
            background)));
        return new TestRanks(ranks, listeners);
    }

    /// <summary>Does something on every rank at once.</summary>
    public async Task<T[]> AllAsync<T>(Func<RankGroups, T> work) => await Task.WhenAll(ranks.Select(rank => TestGroup.OnThread(() => work(rank))));

    /// <summary>Does something on every rank at once.</summary>
    /// <returns>How each ended: the exception that it threw, or null.</returns>
    public Task<Exception?[]> EndingsAsync(Action<RankGroups> work) => AllAsync(rank => Record.Exception(() => work(rank)));

    public void Dispose()
    {
        foreach (var rank in ranks)
            rank.Abort(new PeerLostException("The test is over."));

        foreach (var part in parts)
            part.Dispose();
    }
}
