using System.Diagnostics;
using System.Net;
using SeedOrleans.Engine.Parallelism;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Parallelism;

/// <summary>Rank 2 is a process of its own, killed with SIGKILL; ranks 0 and 1 are here.</summary>
public sealed class DeadPeerTests(ITestOutputHelper output) : IDisposable
{
    private readonly PeerListener _listener = new(IPAddress.Loopback, new GroupEpochs());
    private Process? _peer;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _peer?.Kill();
        _peer?.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public async Task A_process_killed_in_the_middle_of_a_sum_is_named_to_all()
    {
        const int Elements = 4_000_000;
        var ranks = await JoinAsync(Elements);
        var added = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var adding = ranks.Select(rank => TestGroup.OnThread(() =>
        {
            using var values = zeros(Elements);
            while (true)
            {
                rank.AllReduceSum(values, Cancellation);
                added.TrySetResult();
            }
        })).ToArray();
        await added.Task.WaitAsync(TestGroup.Patience, Cancellation);

        await AssertNamedAsync(adding);
    }

    /// <summary>Rank 0 waits for rank 1, which is alive and busy.</summary>
    [Fact]
    public async Task A_process_that_dies_is_named_to_who_waits_for_another()
    {
        var ranks = await JoinAsync(elements: 0);
        var waiting = TestGroup.OnThread(() =>
        {
            using var values = zeros(10);
            ranks[0].Broadcast(values, 1, Cancellation);
        });

        await AssertNamedAsync(waiting);

        Assert.Equal(2, Assert.Throws<PeerFailedException>(() => ranks[1].Barrier(Cancellation)).Rank);
    }

    private async Task AssertNamedAsync(params Task[] ranks)
    {
        var clock = Stopwatch.StartNew();
        _peer!.Kill();
        foreach (var rank in ranks)
        {
            var failure = await Assert.ThrowsAsync<PeerFailedException>(() => rank);
            output.WriteLine($"Known after {clock.Elapsed.TotalMilliseconds:0.0} ms: {failure.Message}");
            Assert.Equal(2, failure.Rank);
            Assert.IsType<PeerLostException>(failure.InnerException);
        }
    }

    /// <returns>Ranks 0 and 1.</returns>
    private async Task<ICommunicator[]> JoinAsync(int elements)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.GetFullPath(Path.Combine(output.FullName, "..", "..", "PeerProcess", output.Name, "SeedOrleans.PeerProcess.dll"));
        _peer = Process.Start(new ProcessStartInfo("dotnet", [program, "2", $"{elements}"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        string[] endPoints = [_listener.EndPoint, _listener.EndPoint, (await _peer.StandardOutput.ReadLineAsync(Cancellation))!];
        await _peer.StandardInput.WriteLineAsync(string.Join(' ', endPoints).AsMemory(), Cancellation);
        await _peer.StandardInput.FlushAsync(Cancellation);

        var ranks = await Task.WhenAll(Enumerable.Range(0, 2).Select(rank =>
            TcpGroup.JoinAsync(_listener, new GroupName("g", 1), rank, endPoints, TestGroup.Patience, Cancellation)));
        Assert.Equal("joined", await _peer.StandardOutput.ReadLineAsync(Cancellation));
        return ranks;
    }
}
