using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>Where other processes' ranks reach this process's: one port, whose connections say which rank of which group they are for.</summary>
/// <remarks>
/// Who connects before the rank that it wants has come waits for a while and is then closed. Whose epoch is over is refused, at once or as
/// soon as a newer one begins.
/// </remarks>
public sealed class PeerListener : IDisposable
{
    private const string Advice = "start all silos with certificates of one authority (--peer-certificate, --peer-key, --peer-authority)";

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly Socket _listener;
    private readonly PeerTls? _tls;
    private readonly TimeSpan _patience;
    private readonly CancellationTokenSource _closed = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<Greeting, EarlyArrival> _early = [];
    private readonly Dictionary<Greeting, TaskCompletionSource<PeerConnection>> _awaited = [];

    /// <param name="advertised">Others reach this process here, on the port that it listens on; <paramref name="address"/> if null.</param>
    /// <param name="patience">How long a connection may wait for its rank; half a minute if null.</param>
    /// <param name="tls">Connections are encrypted and both sides known, from here and to here; bare if null. The same in all processes.</param>
    public PeerListener(IPAddress address, GroupEpochs epochs, IPAddress? advertised = null, TimeSpan? patience = null, PeerTls? tls = null)
    {
        (Epochs, _patience, _tls) = (epochs, patience ?? TimeSpan.FromSeconds(30), tls);
        _listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(address, 0));
        _listener.Listen();
        EndPoint = $"{new IPEndPoint(advertised ?? address, ((IPEndPoint)_listener.LocalEndPoint!).Port)}";
        _ = AcceptAllAsync();
    }

    /// <summary><c>HOST:PORT</c>; tells this process from every other.</summary>
    public string EndPoint { get; }

    internal GroupEpochs Epochs { get; }

    /// <summary>Whom this process has refused last, as a sentence to add to what a rank waited for in vain; empty where nobody was.</summary>
    internal string Refusal { get; private set; } = "";

    public void Dispose()
    {
        _closed.Cancel();
        _listener.Dispose();
    }

    /// <summary>Waits until the connection that <paramref name="greeting"/> announces is there.</summary>
    internal async Task<PeerConnection> AcceptAsync(Greeting greeting, CancellationToken cancellationToken)
    {
        TaskCompletionSource<PeerConnection> arrival;
        lock (_gate)
        {
            arrival = _awaited[greeting] = new TaskCompletionSource<PeerConnection>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_early.Remove(greeting, out var early))
            {
                early.Taken.SetResult();
                arrival.SetResult(early.Connection);
            }
        }

        try
        {
            var connection = await arrival.Task.WaitAsync(cancellationToken);
            await connection.SendAsync(new[] { Greeting.Welcome }, cancellationToken);
            return connection;
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
    /// <exception cref="PeerLostException">It cannot be reached, serves a newer epoch, or one of the two does not know the other's certificate.</exception>
    internal async Task<PeerConnection> ConnectAsync(string endPoint, Greeting greeting, CancellationToken cancellationToken)
    {
        var there = IPEndPoint.Parse(endPoint);
        var socket = new Socket(there.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        PeerConnection? connection = null;
        try
        {
            await socket.ConnectAsync(there, cancellationToken);
            connection = new PeerConnection(socket, _tls is null ? null : await _tls.ConnectAsync(socket, cancellationToken));
            await greeting.SendAsync(connection, cancellationToken);
            var answer = await connection.ReceiveExactlyAsync(1, cancellationToken);
            return answer[0] == Greeting.Welcome ? connection : throw new PeerLostException(
                $"Rank {greeting.To} of {greeting.Name.Group} at {endPoint} serves a newer epoch than {greeting.Name.Epoch}.");
        }
        catch (Exception failure)
        {
            socket.Dispose();
            connection?.Dispose();
            var whom = $"Rank {greeting.To} of {greeting.Name}";
            throw failure switch
            {
                AuthenticationException => new PeerLostException(
                    $"{whom} at {endPoint} is refused: {failure.Message}; {Advice}.", failure),
                SocketException when connection is not null => new PeerLostException(
                    $"{whom} at {endPoint} closed the connection: {failure.Message}. Where it refuses what this silo shows it, {Advice}.", failure),
                SocketException => new PeerLostException($"{whom} cannot be reached at {endPoint}: {failure.Message}", failure),
                _ => failure,
            };
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
        PeerConnection? connection = null;
        try
        {
            socket.NoDelay = true;
            connection = new PeerConnection(socket, _tls is null ? null : await _tls.AcceptAsync(socket, patience.Token));
            if (await Greeting.ReceiveAsync(connection, patience.Token) is { } greeting && await HandOverAsync(connection, greeting, patience.Token))
                return;
        }
        catch (AuthenticationException stranger)
        {
            // Whoever is refused gives up its other connections in mid-greeting; that says less.
            if (Refusal.Length == 0 || stranger.InnerException is AuthenticationException)
                Refusal = $" A connection from {socket.RemoteEndPoint} was refused: {stranger.Message}; {Advice}.";
        }
        catch (Exception gone) when (gone is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever it was is gone, or says nothing.
        }

        socket.Dispose();
        connection?.Dispose();
    }

    /// <returns>Whether a rank has come for the connection; it is that rank's from then on.</returns>
    private async Task<bool> HandOverAsync(PeerConnection connection, Greeting greeting, CancellationToken patience)
    {
        var early = new EarlyArrival(connection);
        lock (_gate)
        {
            if (_awaited.TryGetValue(greeting, out var arrival))
                return arrival.TrySetResult(connection);

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
            await connection.SendAsync(new[] { Greeting.Over }, CancellationToken.None);

        return false;
    }

    private sealed record EarlyArrival(PeerConnection Connection)
    {
        public TaskCompletionSource Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
