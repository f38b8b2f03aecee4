using SeedOrleans.Engine.Parallelism;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Parallelism;

public sealed class EchoGroupTests
{
    private readonly ICommunicator _alone = RankGroups.Alone(new RankMesh(data: 3), rank: 1).World;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Others_have_what_this_rank_has()
    {
        using var tensor = TorchSharp.torch.tensor([0f, 0, 1, 2, 0, 0]);

        _alone.AllGather(tensor, Stretches.Even(6, 3), Cancellation);

        Assert.Equal([1f, 2, 1, 2, 1, 2], tensor.data<float>().ToArray());
    }

    [Fact]
    public void An_exchange_brings_as_much_as_was_expected()
    {
        using var sent = TorchSharp.torch.tensor([1f, 2, 3]);
        using var received = zeros(7);

        _alone.AllToAll(sent, Stretches.Of(0, 2, 1), received, Stretches.Of(3, 2, 2), Cancellation);

        Assert.Equal([1f, 2, 1, 1, 2, 1, 2], received.data<float>().ToArray());
    }

    [Fact]
    public void Nobody_is_waited_for()
    {
        using var tensor = ones(4);

        _alone.Barrier(Cancellation);
        _alone.Send(tensor, 0, Cancellation);
        _alone.Broadcast(tensor, 2, Cancellation);
        _alone.AllReduceSum(tensor, Cancellation);
        _alone.ReduceScatterSum(tensor, Stretches.Even(4, 3), Cancellation);

        Assert.Equal((1, 3), (_alone.Rank, _alone.Size));
    }

    [Fact]
    public void A_call_can_be_cancelled()
    {
        using var tensor = ones(4);

        Assert.Throws<OperationCanceledException>(() => _alone.AllReduceSum(tensor, new CancellationToken(canceled: true)));
    }
}
