using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SeedOrleans.Engine.Devices;
using SeedOrleans.Engine.Parallelism;
using static TorchSharp.torch;

namespace SeedOrleans.Benchmarks;

/// <summary>How near sums over ranks come to what this machine's loopback moves.</summary>
/// <remarks>
/// Every byte of a rank's tensor crosses a line twice, so R ranks move 2·(R − 1)·N bytes. The bound is that over the throughput of R bare
/// sockets in use at once, a writing and a reading thread each. Sockets and sums take turns, and the best of each counts.
/// </remarks>
internal static class AllReduceBenchmark
{
    private const int Elements = 4 << 20, Turns = 8, Rounds = 10, PieceBytes = 1 << 18, RawPieces = 512;

    public static void Run()
    {
        var table = new Table("all-reduce", "1 element, ms", "16 MiB, ms", "bound, ms", "of bound", "loopback, GB/s");
        using var authority = new Authority();
        foreach (var ranks in (int[])[2, 4])
        {
            using var threads = new Threads(ranks);
            using var inProcess = new InProcessGroup(ranks);
            var (one, all, loopback) = (double.MaxValue, double.MaxValue, 0.0);
            var (oneTls, allTls) = (double.MaxValue, double.MaxValue);
            for (var turn = 0; turn < Turns; turn++)
            {
                loopback = Math.Max(loopback, Loopback(ranks));
                all = Math.Min(all, OverConnections(threads, ranks, Elements));
                one = Math.Min(one, OverConnections(threads, ranks, 1));
                allTls = Math.Min(allTls, OverConnections(threads, ranks, Elements, authority));
                oneTls = Math.Min(oneTls, OverConnections(threads, ranks, 1, authority));
            }

            var bound = 2.0 * (ranks - 1) * Elements * sizeof(float) / loopback;
            table.Add(
                $"{ranks} ranks, TCP", Table.Number(one * 1e3), Table.Number(all * 1e3), Table.Number(bound * 1e3), Table.Number(bound / all),
                Table.Number(loopback / 1e9));
            table.Add($"{ranks} ranks, TLS", Table.Number(oneTls * 1e3), Table.Number(allTls * 1e3), Table.Number(bound * 1e3), Table.Number(bound / allTls), "");

            (one, all) = (Best(threads, inProcess.Ranks, 1), Best(threads, inProcess.Ranks, Elements));
            table.Add($"{ranks} ranks, one process", Table.Number(one * 1e3), Table.Number(all * 1e3), "", "", "");
        }
    }

    /// <returns>Seconds.</returns>
    private static double OverConnections(Threads threads, int ranks, int elements, Authority? authority = null)
    {
        var listeners = Enumerable.Range(0, ranks)
            .Select(rank => new PeerListener(IPAddress.Loopback, new GroupEpochs(), tls: authority?.Tls($"rank {rank}"))).ToArray();
        string[] endPoints = [.. listeners.Select(listener => listener.EndPoint)];
        var group = Task.WhenAll(listeners.Select((listener, rank) => TcpGroup.JoinAsync(
            listener, new GroupName("benchmark", 1), rank, endPoints, TimeSpan.FromSeconds(10), CancellationToken.None))).GetAwaiter().GetResult();
        var seconds = Best(threads, group, elements);
        foreach (var part in group.Concat<IDisposable>(listeners))
            part.Dispose();

        return seconds;
    }

    private static double Best(Threads threads, IReadOnlyList<ICommunicator> group, int elements)
    {
        var best = TimeSpan.MaxValue;
        threads.Run(rank =>
        {
            using var values = zeros(elements);
            for (var round = 0; round < Rounds; round++)
            {
                group[rank].Barrier(CancellationToken.None);
                var start = Stopwatch.GetTimestamp();
                group[rank].AllReduceSum(values, CancellationToken.None);
                if (rank == 0 && Stopwatch.GetElapsedTime(start) is var time && time < best)
                    best = time;
            }
        });

        return best.TotalSeconds;
    }

    /// <returns>Bytes a second, all sockets together.</returns>
    private static double Loopback(int sockets)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var pairs = Enumerable.Range(0, sockets).Select(_ =>
        {
            var writer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            writer.Connect(listener.LocalEndPoint!);
            return (Writer: writer, Reader: listener.Accept());
        }).ToArray();

        using var threads = new Threads(2 * sockets);
        var start = Stopwatch.GetTimestamp();
        threads.Run(thread =>
        {
            var piece = new byte[PieceBytes];
            var (writer, reader) = pairs[thread / 2];
            for (var at = 0; at < RawPieces; at++)
            {
                if (thread % 2 == 0)
                    writer.Send(piece);
                else
                    for (var read = 0; read < PieceBytes;)
                        read += reader.Receive(piece.AsSpan(read));
            }
        });

        var speed = (double)sockets * RawPieces * PieceBytes / Stopwatch.GetElapsedTime(start).TotalSeconds;
        foreach (var (writer, reader) in pairs)
        {
            writer.Dispose();
            reader.Dispose();
        }

        return speed;
    }

    private sealed class Threads(int count) : IDisposable
    {
        private readonly DeviceThread[] _threads = [.. Enumerable.Range(0, count).Select(index => new DeviceThread($"benchmark {index}"))];

        public void Run(Action<int> work) => Task.WhenAll(_threads.Select((thread, index) =>
            thread.RunAsync(() => work(index), CancellationToken.None))).GetAwaiter().GetResult();

        public void Dispose()
        {
            foreach (var thread in _threads)
                thread.Dispose();
        }
    }
}
