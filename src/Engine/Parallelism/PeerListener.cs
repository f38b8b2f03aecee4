using System.Net;
using System.Net.Sockets;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>Where other processes' ranks reach this process's: one port, whose connections say which rank of which group they are for.</summary>
/// <remarks>
/// Who connects before the rank that it wants has come waits for a while and is then closed. Whose epoch is over is refused, at once or as
/// soon as a newer one begins.
/// </remarks>
public sealed class PeerListener : IDisposable
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly Socket _listener;
    private readonly TimeSpan _patience;
    private readonly CancellationTokenSource _closed = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<Greeting, EarlyArrival> _early = [];
    private readonly Dictionary<Greeting, TaskCompletionSource<Socket>> _awaited = [];

    /// <param name="advertised">Others reach this process here, on the port that it listens on; <paramref name="address"/> if null.</param>
    /// <param name="patience">How long a connection may wait for its rank; half a minute if null.</param>
    public PeerListener(IPAddress address, GroupEpochs epochs, IPAddress? advertised = null, TimeSpan? patience = null)
    {
        (Epochs, _patience) = (epochs, patience ?? TimeSpan.FromSeconds(30));
        _listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(address, 0));
        _listener.Listen();
        EndPoint = $"{new IPEndPoint(advertised ?? address, ((IPEndPoint)_listener.LocalEndPoint!).Port)}";
        _ = AcceptAllAsync();
    }

    /// <summary><c>HOST:PORT</c>; tells this process from every other.</summary>
    public string EndPoint { get; }

    internal GroupEpochs Epochs { get; }

    public void Dispose()
    {
        _closed.Cancel();
        _listener.Dispose();
    }

    /// <summary>Waits until the connection that <paramref name="greeting"/> announces is there.</summary>
    internal async Task<Socket> AcceptAsync(Greeting greeting, CancellationToken cancellationToken)
    {
        TaskCompletionSource<Socket> arrival;
        lock (_gate)
        {
            arrival = _awaited[greeting] = new TaskCompletionSource<Socket>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_early.Remove(greeting, out var early))
            {
                early.Taken.SetResult();
                arrival.SetResult(early.Socket);
            }
        }

        try
        {
            var socket = await arrival.Task.WaitAsync(cancellationToken);
            await socket.SendAsync(new[] { Greeting.Welcome }, cancellationToken);
            return socket;
        }
        catch (Exception failure)
        {
            if (!arrival.TrySetCanceled(CancellationToken.None))
                (await arrival.Task).Dispose();

            throw failure is SocketException
                ? new PeerLostException($"Rank {greeting.From} of {greeting.Name} came and was gone again: {failure.Message}", failure)
                : failure;
        }
        finally
        {
            lock (_gate)
                _awaited.Remove(greeting);
        }
    }

    /// <summary>Connects to a rank in another process; returns when that rank has come for the connection.</summary>
    /// <exception cref="PeerLostException">It cannot be reached, or serves a newer epoch.</exception>
    internal static async Task<Socket> ConnectAsync(string endPoint, Greeting greeting, CancellationToken cancellationToken)
    {
        var there = IPEndPoint.Parse(endPoint);
        var socket = new Socket(there.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(there, cancellationToken);
            await greeting.SendAsync(socket, cancellationToken);
            var answer = await socket.ReceiveExactlyAsync(1, cancellationToken);
            return answer[0] == Greeting.Welcome ? socket : throw new PeerLostException(
                $"Rank {greeting.To} of {greeting.Name.Group} at {endPoint} serves a newer epoch than {greeting.Name.Epoch}.");
        }
        catch (Exception failure)
        {
            socket.Dispose();
            throw failure is SocketException
                ? new PeerLostException($"Rank {greeting.To} of {greeting.Name} cannot be reached at {endPoint}: {failure.Message}", failure)
                : failure;
        }
    }

    private async Task AcceptAllAsync()
    {
        while (!_closed.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptAsync(_closed.Token);
                _ = AdmitAsync(socket);
            }
            catch (SocketException)
            {
                // Too many open files, say: that passes, and ranks must be reachable then.
                await Task.Delay(PauseAfterFailure);
            }
            catch (Exception closed) when (closed is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AdmitAsync(Socket socket)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_closed.Token);
        patience.CancelAfter(_patience);
        try
        {
            socket.NoDelay = true;
            if (await Greeting.ReceiveAsync(socket, patience.Token) is { } greeting && await HandOverAsync(socket, greeting, patience.Token))
                return;
        }
        catch (Exception gone) when (gone is SocketException or OperationCanceledException)
        {
            // Whoever it was is gone, or says nothing.
        }

        socket.Dispose();
    }

    /// <returns>Whether a rank has come for the connection; it is that rank's from then on.</returns>
    private async Task<bool> HandOverAsync(Socket socket, Greeting greeting, CancellationToken patience)
    {
        var early = new EarlyArrival(socket);
        lock (_gate)
        {
            if (_awaited.TryGetValue(greeting, out var arrival))
                return arrival.TrySetResult(socket);

            if (!_early.TryAdd(greeting, early))
                return false;
        }

        var over = Epochs.WhenOver(greeting.Name);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience, over);
        await early.Taken.Task.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            if (early.Taken.Task.IsCompleted)
                return true;

            _early.Remove(greeting);
        }

        if (over.IsCancellationRequested)
            await socket.SendAsync(new[] { Greeting.Over }, CancellationToken.None);

        return false;
    }

    private sealed record EarlyArrival(Socket Socket)
    {
        public TaskCompletionSource Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
