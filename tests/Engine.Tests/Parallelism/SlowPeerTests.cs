using System.Diagnostics;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Parallelism;

/// <summary>Alone, since it measures the process's memory.</summary>
[Collection(nameof(SlowPeerTests))]
[CollectionDefinition(nameof(SlowPeerTests), DisableParallelization = true)]
public sealed class SlowPeerTests
{
    /// <summary>96 MiB a rank: much beside what a process's own housekeeping takes meanwhile.</summary>
    private const int Elements = 24 << 20;

    private static readonly TimeSpan While = TimeSpan.FromMilliseconds(300);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The others wait as long as it takes, and hold no more than the connections between them do.</summary>
    [Theory]
    [InlineData(Wiring.InProcess)]
    [InlineData(Wiring.Tcp)]
    public async Task A_slow_rank_is_waited_for_in_bounded_memory(Wiring wiring)
    {
        using var group = await TestGroup.MakeAsync(wiring, 3);
        using var values = full([3, Elements], 1f);
        using var isThere = new ManualResetEventSlim();

        GC.Collect();
        var before = Held();
        var waiting = group.AllAsync(rank =>
        {
            if (rank.Rank == 2)
                isThere.Wait(Cancellation);

            using var mine = values.select(0, rank.Rank);
            rank.AllReduceSum(mine, Cancellation);
            return mine.min().item<float>();
        });
        await Task.WhenAny(waiting, Task.Delay(While, Cancellation));
        var grown = Held() - before;
        Assert.False(waiting.IsCompleted);
        isThere.Set();

        var least = await waiting;
        Assert.Equal([3, 3, 3], least);
        Assert.InRange(grown, long.MinValue, Elements * sizeof(float) / 2);
    }

    private static long Held()
    {
        using var process = Process.GetCurrentProcess();
        return process.PrivateMemorySize64;
    }
}
