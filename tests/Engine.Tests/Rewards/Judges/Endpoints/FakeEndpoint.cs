using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace SeedOrleans.Engine.Tests.Rewards.Judges.Endpoints;

/// <summary>A server on loopback that speaks OpenAI's chat completions over plain sockets, so that it can also break every rule of HTTP.</summary>
internal sealed class FakeEndpoint : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<JsonElement> _calls = [];
    private readonly ConcurrentQueue<string> _heads = [];
    private readonly Func<JsonElement, int, FakeReply> _answer;
    private readonly Task _serving;
    private int _arrived;

    /// <param name="answer">Takes a call's body and its number, from 0.</param>
    public FakeEndpoint(Func<JsonElement, int, FakeReply> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Gives these replies in turn, and the last one from then on.</summary>
    public FakeEndpoint(params FakeReply[] replies)
        : this((_, number) => replies[Math.Min(number, replies.Length - 1)])
    {
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1";

    /// <summary>The bodies of the calls so far.</summary>
    public IReadOnlyList<JsonElement> Calls => [.. _calls];

    /// <summary>Request lines and headers of the calls so far.</summary>
    public IReadOnlyList<string> Heads => [.. _heads];

    public void Dispose()
    {
        _end.Cancel();
        _serving.Wait();
        _listener.Stop();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
                connections.Add(TalkAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task TalkAsync(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                var stream = connection.GetStream();
                var body = await ReadAsync(stream);
                var number = Interlocked.Increment(ref _arrived) - 1;
                _calls.Enqueue(body);
                await _answer(body, number).WriteAsync(stream, _end.Token);
                connection.Client.Shutdown(SocketShutdown.Send);
            }
            catch (Exception gone) when (gone is OperationCanceledException or IOException or SocketException)
            {
                // Whoever called went away, or the test is over.
            }
        }
    }

    private async Task<JsonElement> ReadAsync(NetworkStream stream)
    {
        var bytes = new List<byte>();
        var end = -1;
        var buffer = new byte[1 << 14];
        var length = 0;
        while (end < 0 || bytes.Count < end + length)
        {
            var read = await stream.ReadAsync(buffer, _end.Token);
            if (read == 0)
                throw new IOException("The call broke off.");

            bytes.AddRange(buffer.AsSpan(0, read));
            if (end < 0 && Encoding.Latin1.GetString([.. bytes]).IndexOf("\r\n\r\n", StringComparison.Ordinal) is var at and >= 0)
            {
                end = at + 4;
                var head = Encoding.Latin1.GetString([.. bytes], 0, end);
                _heads.Enqueue(head);
                length = int.Parse(
                    head.Split("\r\n").Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1],
                    System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return JsonDocument.Parse(bytes.GetRange(end, length).ToArray()).RootElement;
    }
}
