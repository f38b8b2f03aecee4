using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SeedOrleans.Silo.Liveness;

/// <summary>Where other silos hold a line to this one: it says which silo it is, then gives signs of life until the process ends.</summary>
/// <remarks>Protocol: UTF-8 <c>SILO\n</c>, then a byte for every <see cref="Beat"/>. The other end sends nothing.</remarks>
internal sealed class LineListener : IDisposable
{
    public static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    private readonly Socket _listener;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopped = new();

    public LineListener(IPAddress listen, IPAddress advertised, TimeProvider time)
    {
        _time = time;
        _listener = new Socket(listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(listen, 0));
        _listener.Listen();
        Advertised = $"{new IPEndPoint(advertised, ((IPEndPoint)_listener.LocalEndPoint!).Port)}";
    }

    /// <summary><c>HOST:PORT</c> for the others.</summary>
    public string Advertised { get; }

    /// <summary>The other end of a line is gone.</summary>
    public event Action? Closed;

    public void Serve(SiloAddress silo) => _ = AcceptAllAsync(Encoding.UTF8.GetBytes($"{silo.ToParsableString()}\n"));

    public void Dispose()
    {
        _stopped.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAllAsync(byte[] greeting)
    {
        while (!_stopped.IsCancellationRequested)
        {
            try
            {
                _ = BeatAsync(await _listener.AcceptAsync(_stopped.Token), greeting);
            }
            catch (SocketException)
            {
                // Whoever it was did not wait.
            }
            catch (Exception closed) when (closed is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task BeatAsync(Socket line, byte[] greeting)
    {
        using (line)
        {
            try
            {
                line.NoDelay = true;
                await line.SendAsync(greeting, _stopped.Token);
                var end = line.ReceiveAsync(new byte[1], SocketFlags.None, _stopped.Token).AsTask();
                while (await Task.WhenAny(end, Task.Delay(Beat, _time, _stopped.Token)) != end)
                    await line.SendAsync("."u8.ToArray(), _stopped.Token);
            }
            catch (Exception gone) when (gone is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // It ends as it may: below.
            }
        }

        if (!_stopped.IsCancellationRequested)
            Closed?.Invoke();
    }
}
