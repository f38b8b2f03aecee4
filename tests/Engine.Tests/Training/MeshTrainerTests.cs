using System.Net;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Algorithms;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Models.Parallel;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Storage.LocalFolder;
using SeedOrleans.Engine.Tensors;
using SeedOrleans.Engine.Tests.Checkpointing;
using SeedOrleans.Engine.Tests.Models;
using SeedOrleans.Engine.Tests.Models.HuggingFace;
using SeedOrleans.Engine.Tests.Models.Parallel;
using SeedOrleans.Engine.Tests.Parallelism;
using SeedOrleans.Engine.Training;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Training;

/// <summary>Whole updates on meshes: what they come to, whoever carries the messages, and what a checkpoint of one mesh is to another.</summary>
public sealed class MeshTrainerTests : IDisposable
{
    private static readonly OptimizerSpec Optimizer = new() { LearningRate = 1e-2, WeightDecay = 0.1, MaxGradientNorm = 0.5 };

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("dense", 2, 2, 2, 1, RouterBalance.None)]
    [InlineData("qwen2", 3, 1, 2, 1, RouterBalance.None)]
    [InlineData("moe", 2, 2, 2, 4, RouterBalance.AuxiliaryLoss)]
    [InlineData("moe", 4, 1, 1, 4, RouterBalance.Bias)]
    [InlineData("moe", 1, 2, 2, 2, RouterBalance.Bias)]
    public async Task Five_updates_come_to_what_one_rank_makes_of_them(
        string model, int data, int context, int tensor, int expert, RouterBalance balance)
    {
        using var weights = TransformerTests.Lively(TinyModels.Named(model), seed: 5);
        using var expected = await TrainAsync(weights, RankGroups.InProcess(new RankMesh()), balance, default);

        foreach (var (recomputation, reshards) in ((Recomputation, bool)[])[(Recomputation.None, false), (Recomputation.All, true)])
        {
            var ranks = RankGroups.InProcess(new RankMesh(data, context, tensor, expert));
            using var actual = await TrainAsync(weights, ranks, balance, recomputation, reshards);

            // Adam divides by the gradient's size, so where a gradient is about 0 its rounding shows; hence the mean.
            using var scope = NewDisposeScope();
            Assert.InRange((expected.Flat - actual.Flat).abs().mean().item<float>(), 0, 1e-5f);
            Assert.InRange((expected.RouterBias - actual.RouterBias).abs().max().item<float>(), 0, 1e-6f);
        }
    }

    [Theory]
    [InlineData("moe", 2, 1, 2, 4)]
    [InlineData("moe", 1, 2, 2, 2)]
    public async Task Ranks_in_one_process_and_ranks_that_talk_over_connections_compute_the_same_bits(
        string model, int data, int context, int tensor, int expert)
    {
        using var weights = TransformerTests.Lively(TinyModels.Named(model), seed: 5);
        var mesh = new RankMesh(data, context, tensor, expert);
        using var here = await TrainAsync(weights, RankGroups.InProcess(mesh), RouterBalance.AuxiliaryLoss, Recomputation.All, reshards: true);
        using var there = await TrainAsync(weights, await OverTcpAsync(mesh), RouterBalance.AuxiliaryLoss, Recomputation.All, reshards: true);

        Assert.True(here.Flat.equal(there.Flat).all().item<bool>());
    }

    /// <summary>Of three layers, one whose router has a loss of its own lies between two that are computed again.</summary>
    [Theory]
    [InlineData(2, 2, false)]
    [InlineData(2, 0, true)]
    [InlineData(2, 2, true)]
    [InlineData(1, 2, false)]
    [InlineData(1, 1, false)]
    [InlineData(1, 0, true)]
    public async Task What_is_computed_again_changes_no_bit(int tensor, int every, bool isSelective)
    {
        using var weights = TransformerTests.Lively(TinyModels.Moe with { Layers = 3 }, seed: 5);
        var mesh = new RankMesh(tensor: tensor, expert: tensor);
        using var once = await TrainAsync(weights, RankGroups.InProcess(mesh), RouterBalance.AuxiliaryLoss, Recomputation.None);
        using var twice = await TrainAsync(weights, RankGroups.InProcess(mesh), RouterBalance.AuxiliaryLoss, new Recomputation(every, isSelective));

        Assert.True(once.Flat.equal(twice.Flat).all().item<bool>());
    }

    /// <summary>Weights in bfloat16, too, whose masters are offloaded with the optimizer's states.</summary>
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public async Task What_waits_in_files_changes_no_bit(ScalarType type)
    {
        using var weights = ModelWeights.Random(TinyModels.Moe, seed: 5, type);
        var files = new FileMemory(_folder.Path);
        var mesh = new RankMesh(data: 2, tensor: 2);
        using var here = await TrainAsync(weights, RankGroups.InProcess(mesh), RouterBalance.AuxiliaryLoss, new Recomputation(2));
        using var there = await TrainAsync(weights, RankGroups.InProcess(mesh), RouterBalance.AuxiliaryLoss, new Recomputation(2), files: files);

        Assert.True(here.Flat.equal(there.Flat).all().item<bool>());
        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    [Theory]
    [InlineData("dense")]
    [InlineData("moe")]
    public async Task What_one_mesh_wrote_every_other_reads_to_the_bit(string model)
    {
        RankMesh[] meshes = [new(), new(data: 3), new(tensor: 2), new(data: 2, context: 2), new(data: 2, tensor: 2), new(context: 2, tensor: 2, data: 2)];
        if (model == "moe")
            meshes = [.. meshes, new(data: 2, expert: 2), new(data: 2, tensor: 2, expert: 4)];

        using var weights = TransformerTests.Lively(TinyModels.Named(model), seed: 5);
        using var others = TransformerTests.Lively(TinyModels.Named(model), seed: 6);
        foreach (var (place, from) in meshes.Index())
        {
            var checkpoints = new CheckpointStore(new LocalFolderStore(_folder.Path), $"from-{place}") { MostShardBytes = 1000 };
            var (manifest, hash) = await OnEachAsync(from, weights, reshards: place % 2 == 1, async trainers =>
            {
                await AllAsync(trainers, (trainer, rank) => Update(trainer, ShareOf(from, rank)));
                return (await SaveAsync(trainers, checkpoints), (await AllAsync(trainers, (trainer, _) => trainer.WeightsHash(Cancellation)))[0]);
            });

            foreach (var to in meshes)
                await OnEachAsync(to, others, reshards: place % 2 == 0, async trainers =>
                {
                    foreach (var trainer in trainers)
                        await trainer.LoadAsync(checkpoints, manifest, Cancellation);

                    Assert.All(await AllAsync(trainers, (trainer, _) => trainer.WeightsHash(Cancellation)), read => Assert.Equal(hash, read));
                    var again = await SaveAsync(trainers, new CheckpointStore(new LocalFolderStore(_folder.Path), $"again-{Guid.NewGuid():n}"));
                    Assert.Equal(manifest.Tensors.Keys, again.Tensors.Keys);
                    return 0;
                });
        }
    }

    [Fact]
    public async Task Scores_are_those_of_one_rank()
    {
        using var weights = TransformerTests.Lively(TinyModels.Moe, seed: 5);
        var expected = await OnEachAsync(new RankMesh(), weights, reshards: false, trainers =>
            Task.FromResult(trainers[0].Score(ParallelEqualityTests.Batch(), Cancellation)));

        var actual = await OnEachAsync(new RankMesh(context: 2, tensor: 2, expert: 2), weights, reshards: true, trainers =>
            AllAsync(trainers, (trainer, _) => trainer.Score(ParallelEqualityTests.Batch(), Cancellation)));

        foreach (var rank in actual)
            foreach (var (one, other) in expected.Zip(rank))
                Assert.Equal(one.AsEnumerable(), other, (left, right) => Math.Abs(left - right) < 1e-5);
    }

    [Fact]
    public async Task A_rank_that_fails_in_one_group_fails_all_ranks_by_its_number_in_the_mesh()
    {
        using var weights = TransformerTests.Lively(TinyModels.Dense, seed: 5);
        var mesh = new RankMesh(data: 2, tensor: 2);

        var ends = await OnEachAsync(mesh, weights, reshards: false, async trainers =>
            await Task.WhenAll(trainers.Select((trainer, rank) => TestGroup.OnThread(() => Record.Exception(() =>
                trainer.Update(ShareOf(mesh, rank), rank == 3 ? new Failing() : new NegativeLogLikelihood(), Optimizer, 1e-2, Cancellation))))));

        Assert.IsType<NumericalFailureException>(ends[3]);
        Assert.All(ends[..3], end => Assert.Equal(3, Assert.IsType<PeerFailedException>(end).Rank));
    }

    private static async Task<ModelWeights> TrainAsync(
        ModelWeights weights, IReadOnlyList<RankGroups> ranks, RouterBalance balance, Recomputation recomputation, bool reshards = false,
        FileMemory? files = null)
    {
        var options = new RankTrainerOptions
        {
            MicroBatchTokens = 24,
            Router = new RouterSpec { Balance = balance, Rate = 0.01 },
            Recomputation = recomputation,
            ReshardAfterForward = reshards,
            ActivationOffload = files,
            OptimizerOffload = files,
        };
        RankTrainer[] trainers = [.. ranks.Select(groups => new RankTrainer(weights, groups, options))];
        for (var step = 0; step < 5; step++)
            await AllAsync(trainers, (trainer, rank) => trainer.Update(
                ShareOf(ranks[rank].Mesh, rank), new ClippedPolicyLoss(AlgorithmPresets.Resolve(new AlgorithmSpec())), Optimizer, 1e-2, Cancellation));

        var whole = (await AllAsync(trainers, (trainer, _) => trainer.Collect(Cancellation)))[0]!;
        foreach (var trainer in trainers)
            trainer.Dispose();

        return whole;
    }

    private static async Task<T> OnEachAsync<T>(RankMesh mesh, ModelWeights weights, bool reshards, Func<RankTrainer[], Task<T>> work)
    {
        RankTrainer[] trainers =
            [.. RankGroups.InProcess(mesh).Select(groups => new RankTrainer(weights, groups, new RankTrainerOptions { ReshardAfterForward = reshards }))];
        var result = await work(trainers);
        foreach (var trainer in trainers)
            trainer.Dispose();

        return result;
    }

    private static Task<T[]> AllAsync<T>(RankTrainer[] trainers, Func<RankTrainer, int, T> work) =>
        Task.WhenAll(trainers.Select((trainer, rank) => TestGroup.OnThread(() => work(trainer, rank))));

    private static UpdateStatistics Update(RankTrainer trainer, IReadOnlyList<TrainingSequence> share) =>
        trainer.Update(share, new NegativeLogLikelihood(), Optimizer, 1e-2, Cancellation);

    private static IReadOnlyList<TrainingSequence> ShareOf(RankMesh mesh, int rank) =>
        MicroBatches.AcrossRanks(ParallelEqualityTests.Batch(), mesh.SizeOf(MeshAxis.Data), new SequenceWorkload(TinyModels.Dense))[mesh.PlaceOf(MeshAxis.Data, rank)];

    private static async Task<CheckpointManifest> SaveAsync(RankTrainer[] trainers, CheckpointStore checkpoints)
    {
        List<(string, TensorRecord)> parts = [];
        foreach (var (rank, trainer) in trainers.Index())
        {
            using var copy = await trainer.CopyStateAsync();
            parts.AddRange(await checkpoints.WriteShardAsync(CheckpointStore.NameOf(2, 3), $"r{rank}.safetensors", copy.Pieces, Cancellation));
        }

        var manifest = CheckpointFixture.ManifestOf(3) with { Tensors = CheckpointStore.Merge(parts) };
        Assert.True(await checkpoints.TryCommitAsync(manifest, Cancellation));
        return manifest;
    }

    /// <summary>Each rank with a listener and epochs of its own, as if it were alone in its process.</summary>
    private static async Task<IReadOnlyList<RankGroups>> OverTcpAsync(RankMesh mesh)
    {
        var listeners = Enumerable.Range(0, mesh.Size).Select(_ => new PeerListener(IPAddress.Loopback, new GroupEpochs())).ToArray();
        return await Task.WhenAll(listeners.Select((listener, rank) => RankGroups.JoinAsync(mesh, rank, async (name, place, members) =>
            await TcpGroup.JoinAsync(
                listener, new GroupName(name, 1), place, [.. members.Select(member => listeners[member].EndPoint)], TestGroup.Patience, Cancellation, members))));
    }

    private sealed class Failing : ITokenLoss
    {
        public TokenLoss Compute(Tensor logProbs, TokenBatch batch) => throw new NumericalFailureException("the loss", double.NaN);
    }
}
