using System.Net;
using SeedOrleans.Engine.Parallelism;

namespace SeedOrleans.Engine.Tests.Parallelism;

/// <summary>How the ranks of a group reach each other.</summary>
public enum Wiring
{
    InProcess,
    Tcp,
}

/// <summary>All ranks of a group, each on a thread. Over TCP each has a listener and epochs of its own, as if it were alone in its process.</summary>
internal sealed class TestGroup(IReadOnlyList<ICommunicator> ranks, IReadOnlyList<IDisposable> parts) : IDisposable
{
    /// <summary>For what is to happen at once; a busy machine is slow, not wrong.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public IReadOnlyList<ICommunicator> Ranks => ranks;

    /// <param name="tls">Of each rank, over TCP; bare where null.</param>
    public static async Task<TestGroup> MakeAsync(Wiring wiring, int size, IReadOnlyList<PeerTls>? tls = null)
    {
        if (wiring == Wiring.InProcess)
        {
            var group = new InProcessGroup(size);
            return new TestGroup(group.Ranks, [group]);
        }

        var listeners = Enumerable.Range(0, size).Select(rank => new PeerListener(IPAddress.Loopback, new GroupEpochs(), tls: tls?[rank])).ToArray();
        string[] endPoints = [.. listeners.Select(listener => listener.EndPoint)];
        var joined = await Task.WhenAll(listeners.Select((listener, rank) =>
            TcpGroup.JoinAsync(listener, new GroupName("g", 1), rank, endPoints, Patience, Cancellation)));
        return new TestGroup(joined, [.. joined, .. listeners]);
    }

    /// <summary>Does something on every rank at once.</summary>
    public async Task<T[]> AllAsync<T>(Func<ICommunicator, T> work) => await Task.WhenAll(ranks.Select(rank => OnThread(() => work(rank))));

    /// <summary>Does something on every rank at once.</summary>
    /// <returns>How each ended: the exception that it threw, or null.</returns>
    public async Task<Exception?[]> EndingsAsync(Action<ICommunicator> work)
    {
        var ends = ranks.Select(rank => OnThread(() => work(rank))).ToArray();
        await Task.WhenAll(ends).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return [.. ends.Select(end => end.IsCanceled ? new OperationCanceledException() : end.Exception?.InnerException)];
    }

    /// <summary>On a thread of its own, as ranks run.</summary>
    public static Task<T> OnThread<T>(Func<T> work) =>
        Task.Factory.StartNew(work, Cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(Patience, Cancellation);

    /// <inheritdoc cref="OnThread{T}"/>
    public static Task OnThread(Action work) => OnThread(() =>
    {
        work();
        return true;
    });

    public void Dispose()
    {
        foreach (var part in parts)
            part.Dispose();
    }
}
