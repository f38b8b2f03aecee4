using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Algorithms;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Models.Parallel;
using SeedOrleans.Engine.Models.Sharding;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Tests.Models;
using SeedOrleans.Engine.Tests.Models.Parallel;
using SeedOrleans.Engine.Tests.Parallelism;
using SeedOrleans.Engine.Training;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Training;

/// <summary>Layers whose weights come, and whose gradients go, beside the computing: the same bits, and the same failures.</summary>
public sealed class PassingLayersTests
{
    private static readonly OptimizerSpec Optimizer = new() { LearningRate = 1e-2, WeightDecay = 0.1, MaxGradientNorm = 0.5 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Wiring.InProcess, "dense", 3, 1, 1, 0, ScalarType.Float32)]
    [InlineData(Wiring.InProcess, "moe", 2, 2, 4, 2, ScalarType.Float32)]
    [InlineData(Wiring.InProcess, "moe", 4, 1, 2, 0, ScalarType.BFloat16)]
    [InlineData(Wiring.Tcp, "moe", 2, 2, 4, 0, ScalarType.Float32)]
    [InlineData(Wiring.Tcp, "dense", 2, 1, 1, 1, ScalarType.BFloat16)]
    public async Task Talking_beside_the_computing_changes_no_bit(
        Wiring wiring, string model, int data, int tensor, int expert, int recomputeEvery, ScalarType type)
    {
        var mesh = new RankMesh(data, tensor: tensor, expert: expert);
        using var weights = ModelWeights.Random(TinyModels.Named(model), seed: 5, type);
        var options = new RankTrainerOptions
        {
            MicroBatchTokens = 24,
            ReshardAfterForward = true,
            KeepReference = true,
            Recomputation = new Recomputation(recomputeEvery),
        };

        using var inTurn = await TestRanks.MakeAsync(Wiring.InProcess, mesh, background: false);
        using var beside = await TestRanks.MakeAsync(wiring, mesh);
        using var expected = await TrainAsync(inTurn, weights, options);
        using var actual = await TrainAsync(beside, weights, options);

        Assert.True(expected.Flat.equal(actual.Flat).all().item<bool>());
    }

    /// <summary>Rank 1 cannot gather the weights of a layer, or not add up gradients, while it and all others compute.</summary>
    [Theory]
    [InlineData(Wiring.InProcess, 1)]
    [InlineData(Wiring.InProcess, 5)]
    [InlineData(Wiring.Tcp, 1)]
    [InlineData(Wiring.Tcp, 5)]
    [InlineData(Wiring.Tcp, 9)]
    public async Task What_fails_beside_the_computing_fails_all_ranks_by_name(Wiring wiring, int call)
    {
        var mesh = new RankMesh(data: 2, tensor: 2);
        using var weights = ModelWeights.Random(TinyModels.Moe, seed: 5);
        using var ranks = await TestRanks.MakeAsync(wiring, mesh);

        var endings = await ranks.EndingsAsync(rank =>
        {
            var groups = rank.Rank == 1 ? FailingAt(call, rank) : rank;
            using var trainer = new RankTrainer(weights, groups, new RankTrainerOptions { ReshardAfterForward = true });
            trainer.Update(ShareOf(mesh, rank.Rank), new NegativeLogLikelihood(), Optimizer, 1e-2, Cancellation);
        });

        // Which other call of its own it is in when it hears of it, is chance.
        Assert.True(endings[1] is InvalidOperationException { Message: "out of memory" } or PeerFailedException { Rank: 1 }, $"{endings[1]}");
        Assert.All((Exception?[])[endings[0], .. endings[2..]], end => Assert.Equal(1, Assert.IsType<PeerFailedException>(end).Rank));
    }

    /// <summary>Not the weights that it was computed with, and no call under way.</summary>
    [Fact]
    public async Task A_pass_that_nobody_goes_back_on_leaves_nothing_to_the_next()
    {
        var mesh = new RankMesh(data: 2);
        using var weights = ModelWeights.Random(TinyModels.Dense, seed: 5);
        using var ranks = await TestRanks.MakeAsync(Wiring.InProcess, mesh);
        using var others = await TestRanks.MakeAsync(Wiring.InProcess, mesh);

        var expected = await ranks.AllAsync(rank => HashAfter(rank, abandons: false));
        var actual = await others.AllAsync(rank => HashAfter(rank, abandons: true));

        Assert.Equal(expected, actual);

        string HashAfter(RankGroups rank, bool abandons)
        {
            using var trainer = new RankTrainer(weights, rank, new RankTrainerOptions { ReshardAfterForward = true });
            trainer.Update(ShareOf(mesh, rank.Rank), new NegativeLogLikelihood(), Optimizer, 1e-2, Cancellation);
            if (abandons)
                Abandon(trainer.Weights, rank);

            trainer.Update(ShareOf(mesh, rank.Rank), new NegativeLogLikelihood(), Optimizer, 1e-2, Cancellation);
            return trainer.WeightsHash(Cancellation);
        }
    }

    [Theory]
    [InlineData(Wiring.InProcess)]
    [InlineData(Wiring.Tcp)]
    public async Task Who_fails_in_mid_pass_leaves_no_call_under_way(Wiring wiring)
    {
        var mesh = new RankMesh(data: 3);
        using var weights = ModelWeights.Random(TinyModels.Dense, seed: 5);
        using var ranks = await TestRanks.MakeAsync(wiring, mesh);

        // Trainers end with their calls: their memory is gone when this has passed.
        var endings = await ranks.EndingsAsync(rank =>
        {
            using var trainer = new RankTrainer(weights, rank, new RankTrainerOptions { ReshardAfterForward = true });
            trainer.Update(ShareOf(mesh, rank.Rank), rank.Rank == 1 ? new Failing() : new NegativeLogLikelihood(), Optimizer, 1e-2, Cancellation);
        });

        Assert.IsType<NumericalFailureException>(endings[1]);
        Assert.All((Exception?[])[endings[0], endings[2]], end => Assert.Equal(1, Assert.IsType<PeerFailedException>(end).Rank));
    }

    /// <summary>A forward pass whose tape ends before the way back.</summary>
    private static void Abandon(ShardedWeights weights, RankGroups rank)
    {
        using var scope = NewDisposeScope();
        using var policy = new ParallelTransformer(weights, rank);
        using var tape = policy.Record();
        policy.LogProbs(new PackedBatch(ShareOf(rank.Mesh, rank.Rank)).Input, 1, tape, null, Cancellation);
    }

    private static async Task<ModelWeights> TrainAsync(TestRanks ranks, ModelWeights weights, RankTrainerOptions options) => (await ranks.AllAsync(rank =>
    {
        using var trainer = new RankTrainer(weights, rank, options);
        for (var step = 0; step < 3; step++)
            trainer.Update(
                ShareOf(rank.Mesh, rank.Rank), new ClippedPolicyLoss(AlgorithmPresets.Resolve(new AlgorithmSpec())), Optimizer, 1e-2, Cancellation);

        return trainer.Collect(Cancellation);
    }))[0]!;

    private static RankGroups FailingAt(int call, RankGroups rank) => RankGroups.JoinAsync(
        rank.Mesh,
        rank.Rank,
        (name, _, members) =>
        {
            var isBackground = name.EndsWith("/background", StringComparison.Ordinal);
            var groups = isBackground ? rank.Background! : rank;
            var end = Enum.GetValues<MeshAxis>().Where(axis => rank.Mesh.GroupOf(axis, rank.Rank).SequenceEqual(members)).Select(axis => groups[axis]).First();
            return Task.FromResult<ICommunicator>(isBackground ? new FailingCommunicator(end, call) : end);
        },
        background: true).GetAwaiter().GetResult();

    private static IReadOnlyList<TrainingSequence> ShareOf(RankMesh mesh, int rank) =>
        MicroBatches.AcrossRanks(ParallelEqualityTests.Batch(), mesh.SizeOf(MeshAxis.Data), new SequenceWorkload(TinyModels.Dense))[mesh.PlaceOf(MeshAxis.Data, rank)];

    private sealed class Failing : ITokenLoss
    {
        public TokenLoss Compute(Tensor logProbs, TokenBatch batch) => throw new NumericalFailureException("the loss", double.NaN);
    }

    /// <summary>Fails in its n-th collective, counted from 1.</summary>
    private sealed class FailingCommunicator(ICommunicator inner, int call) : ICommunicator
    {
        private int _calls;

        public int Rank => inner.Rank;

        public int Size => inner.Size;

        public void ReduceScatterSum(Tensor tensor, Stretches stretches, CancellationToken cancellationToken)
        {
            Count();
            inner.ReduceScatterSum(tensor, stretches, cancellationToken);
        }

        public void AllGather(Tensor tensor, Stretches stretches, CancellationToken cancellationToken)
        {
            Count();
            inner.AllGather(tensor, stretches, cancellationToken);
        }

        public void Broadcast(Tensor tensor, int root, CancellationToken cancellationToken) => inner.Broadcast(tensor, root, cancellationToken);

        public void AllToAll(Tensor sent, Stretches to, Tensor received, Stretches from, CancellationToken cancellationToken) =>
            inner.AllToAll(sent, to, received, from, cancellationToken);

        public void SendReceive(Tensor sent, int to, Tensor received, int from, CancellationToken cancellationToken) =>
            inner.SendReceive(sent, to, received, from, cancellationToken);

        public void Send(Tensor tensor, int to, CancellationToken cancellationToken) => inner.Send(tensor, to, cancellationToken);

        public void Receive(Tensor tensor, int from, CancellationToken cancellationToken) => inner.Receive(tensor, from, cancellationToken);

        public void Abort(Exception reason) => inner.Abort(reason);

        private void Count()
        {
            if (++_calls == call)
                throw new InvalidOperationException("out of memory");
        }
    }
}
