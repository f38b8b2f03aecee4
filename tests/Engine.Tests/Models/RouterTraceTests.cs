using SeedOrleans.Engine.Models;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Models;

public sealed class RouterTraceTests
{
    /// <summary>Two sequences, of two tokens and of one; two experts of which each token takes one.</summary>
    [Fact]
    public void Worked_example()
    {
        using var scope = NewDisposeScope();
        using var trace = new RouterTrace(tensor((long[])[0, 0, 1]), tensor((float[])[0.5f, 2]), withLoss: true);

        trace.AddLoss(trace.Record(3, tensor(new float[,] { { 0.9f, 0.1f }, { 0.6f, 0.4f }, { 0.2f, 0.8f } }), tensor(new long[,] { { 0 }, { 0 }, { 1 } }))!);

        // f = [2, 0], P = [0.75, 0.25] in the first sequence, f = [0, 2], P = [0.2, 0.8] in the second.
        Assert.Equal((0.5 * 1.5) + (2 * 1.6), trace.BalanceLoss()!.item<float>(), 1e-6);
        Assert.Equal([2f, 1f], trace.Loads[3].data<float>());
    }

    [Fact]
    public void Even_routers_cost_one_a_layer()
    {
        using var scope = NewDisposeScope();
        using var trace = new RouterTrace(tensor((long[])[0, 0]), tensor((float[])[1]), withLoss: true);

        foreach (var layer in (int[])[0, 1, 2])
            trace.AddLoss(trace.Record(layer, full([2, 4], 0.25f), tensor(new long[,] { { 0, 1 }, { 2, 3 } }))!);

        Assert.Equal(3, trace.BalanceLoss()!.item<float>(), 1e-6);
    }

    [Fact]
    public void Without_a_loss_only_loads_are_kept()
    {
        using var scope = NewDisposeScope();
        using var trace = new RouterTrace(tensor((long[])[0]), tensor((float[])[1]), withLoss: false);

        Assert.Null(trace.Record(0, full([1, 4], 0.25f), tensor(new long[,] { { 1, 3 } })));

        Assert.Null(trace.BalanceLoss());
        Assert.Equal([0f, 1f, 0f, 1f], trace.Loads[0].data<float>());
    }
}
