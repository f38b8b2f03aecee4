using SeedOrleans.Engine.Tensors;
using SeedOrleans.Engine.Tests.Parallelism;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Tensors;

public sealed class MemoryMeterTests
{
    [Fact]
    public Task Worked_example() => TestGroup.OnThread(() =>
    {
        using var meter = MemoryMeter.OnThisThread();
        using (zeros(1000))
        using (zeros(500, ScalarType.BFloat16))
            Assert.Equal(5000, meter.Bytes);

        Assert.Equal((0, 5000), (meter.Bytes, meter.PeakBytes));
        meter.ForgetPeak();
        using var small = zeros(10);
        Assert.Equal((40, 40), (meter.Bytes, meter.PeakBytes));
    });

    [Fact]
    public Task What_operators_make_on_their_way_counts_while_it_is_there() => TestGroup.OnThread(() =>
    {
        using var input = ones(1000);
        using var meter = MemoryMeter.OnThisThread();
        using (NewDisposeScope())
            _ = ((input + 1) * 2).sum();

        Assert.Equal(0, meter.Bytes);
        Assert.InRange(meter.PeakBytes, 8000, 8200);
    });

    [Fact]
    public async Task Other_threads_tensors_do_not_count_and_ones_own_may_be_freed_anywhere()
    {
        var (meter, mine) = await TestGroup.OnThread(() => (MemoryMeter.OnThisThread(), zeros(1000).DetachFromDisposeScope()));
        await TestGroup.OnThread(() =>
        {
            using var other = zeros(5000);
            Assert.Equal(4000, meter.Bytes);
            mine.Dispose();
        });

        Assert.Equal(0, meter.Bytes);
    }

    [Fact]
    public Task A_meter_within_a_meter_has_what_is_made_meanwhile() => TestGroup.OnThread(() =>
    {
        using var outer = MemoryMeter.OnThisThread();
        using var first = zeros(10);
        using (var inner = MemoryMeter.OnThisThread())
        using (zeros(20))
            Assert.Equal((40, 80), (outer.Bytes, inner.Bytes));

        using var last = zeros(30);
        Assert.Equal(160, outer.Bytes);
    });

    [Fact]
    public Task Memory_that_goes_from_under_a_tensor_does_not_count_until_it_is_filled_again() => TestGroup.OnThread(() =>
    {
        using var meter = MemoryMeter.OnThisThread();
        using var tensor = zeros(100_000);

        TensorPages.Free(tensor);
        Assert.Equal(0, meter.Bytes);

        TensorPages.Take(tensor);
        tensor.fill_(1);
        Assert.Equal(400_000, meter.Bytes);
    });

    [Fact]
    public Task What_a_cut_does_not_read_again_does_not_stay_for_the_way_back() => TestGroup.OnThread(() =>
    {
        using var meter = MemoryMeter.OnThisThread();
        using var leaf = ones([1000]).requires_grad_(true);
        using var tape = GradientTape.Recording();
        using (NewDisposeScope())
        {
            var output = tape.Cut(leaf + 1, input => input.sum().view(1), gradient => gradient.expand(1000));
            output.MoveToOuterDisposeScope();
        }

        Assert.InRange(meter.Bytes, 4000, 4200);
    });
}
