using System.Runtime.InteropServices;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Parallelism.Nccl;
using TorchSharp;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Parallelism.Nccl;

public sealed class NcclGroupTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>And the other ranks, which may have it, do not wait.</summary>
    [Fact]
    public async Task A_machine_without_the_library_says_what_to_install()
    {
        Assert.SkipWhen(NativeLibrary.TryLoad("libnccl.so.2", out _), "This machine has NCCL.");
        using var control = await TestGroup.MakeAsync(Wiring.InProcess, 2);

        var endings = await control.EndingsAsync(rank =>
        {
            if (rank.Rank == 0)
                NcclGroup.Join(rank, device: 0, Cancellation);
            else
                rank.Barrier(Cancellation);
        });

        Assert.Contains("libnccl2", Assert.IsType<NcclMissingException>(endings[0]).Message, StringComparison.Ordinal);
        Assert.IsType<NcclMissingException>(Assert.IsType<PeerFailedException>(endings[1]).InnerException);
    }

    [Fact]
    [Trait("Needs", "Gpu")]
    public async Task Sums_in_rank_order_have_the_bits_of_other_groups()
    {
        const int Elements = 1_000_003;
        var ranks = Gpus(least: 2);
        using var control = await TestGroup.MakeAsync(Wiring.InProcess, ranks);
        using var inProcess = await TestGroup.MakeAsync(Wiring.InProcess, ranks);

        var expected = await inProcess.AllAsync(rank => Sum(rank, CPU));
        var actual = await control.AllAsync(rank =>
        {
            using var group = NcclGroup.Join(rank, rank.Rank, Cancellation);
            var sum = Sum(group, new Device(DeviceType.CUDA, rank.Rank));
            ((ICommunicator)group).Barrier(Cancellation);
            return sum;
        });

        Assert.All(actual, sum => Assert.True(sum.AsSpan().SequenceEqual(expected[0])));

        static float[] Sum(ICommunicator rank, Device device)
        {
            using var here = arange(Elements, float32).mul_(rank.Rank + 0.3f).sin_();
            using var values = here.to(device);
            rank.AllReduceSum(values, Cancellation);
            using var sum = values.cpu();
            return [.. sum.data<float>()];
        }
    }

    [Fact]
    [Trait("Needs", "Gpu")]
    public async Task A_rank_that_gives_up_is_named_to_all()
    {
        var ranks = Gpus(least: 2);
        using var control = await TestGroup.MakeAsync(Wiring.InProcess, ranks);

        var endings = await control.EndingsAsync(rank =>
        {
            using var group = NcclGroup.Join(rank, rank.Rank, Cancellation);
            if (rank.Rank == 1)
                group.Abort(new InvalidOperationException("out of memory"));
            else
                ((ICommunicator)group).Barrier(Cancellation);
        });

        Assert.Equal(1, Assert.IsType<PeerFailedException>(endings[0]).Rank);
    }

    private static int Gpus(int least)
    {
        var there = cuda.is_available() ? cuda.device_count() : 0;
        Assert.SkipUnless(there >= least, $"Needs {least} GPUs.");
        return there;
    }
}
