using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Algorithms;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Storage.LocalFolder;
using SeedOrleans.Engine.Tests.Checkpointing;
using SeedOrleans.Engine.Tests.Models;
using SeedOrleans.Engine.Tests.Models.HuggingFace;
using SeedOrleans.Engine.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Training;

public sealed class RankTrainerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly OptimizerSpec Optimizer = new() { LearningRate = 1e-2, WeightDecay = 0.1, MaxGradientNorm = 0.5 };

    [Theory]
    [InlineData("dense", 2, 1000, RouterBalance.None)]
    [InlineData("dense", 4, 1000, RouterBalance.None)]
    [InlineData("dense", 1, 20, RouterBalance.None)]
    [InlineData("moe", 2, 1000, RouterBalance.AuxiliaryLoss)]
    [InlineData("moe", 4, 30, RouterBalance.AuxiliaryLoss)]
    [InlineData("moe", 2, 30, RouterBalance.Bias)]
    [InlineData("moe", 8, 1000, RouterBalance.None)]
    public void Ranks_and_micro_batches_do_not_change_the_update(string model, int ranks, int microBatchTokens, RouterBalance balance)
    {
        var expected = Train(TinyModels.Named(model), 1, 1000, balance);
        var actual = Train(TinyModels.Named(model), ranks, microBatchTokens, balance);

        // Adam divides by the gradient's size, so where a gradient is about 0 its rounding shows; hence the mean.
        using var scope = NewDisposeScope();
        Assert.InRange((expected.Flat - actual.Flat).abs().mean().item<float>(), 0, 1e-5f);
        Assert.InRange((expected.RouterBias - actual.RouterBias).abs().max().item<float>(), 0, 1e-6f);
        expected.Dispose();
        actual.Dispose();
    }

    [Fact]
    public void Supervised_steps_learn_their_examples()
    {
        using var weights = ModelWeights.Random(TinyModels.Moe, seed: 1);
        using var group = new InProcessGroup(1);
        using var trainer = new RankTrainer(weights, RankGroups.Of(group.Ranks[0]), new RankTrainerOptions());

        var losses = Enumerable.Range(0, 60).Select(_ => trainer.Update(
            Batch(), new NegativeLogLikelihood(), Optimizer with { MaxGradientNorm = 1 }, 1e-2, Cancellation).Sums["sft/loss"]).ToList();

        Assert.InRange(losses[0], 2.5, 4.5); // ln 24 = 3.2: a random model guesses
        Assert.InRange(losses[^1], 0, 0.5);
    }

    [Fact]
    public void Bfloat16_weights_move_by_less_than_their_own_resolution()
    {
        using var weights = ModelWeights.Random(TinyModels.Dense, seed: 1, ScalarType.BFloat16);
        using var group = new InProcessGroup(1);
        using var trainer = new RankTrainer(weights, RankGroups.Of(group.Ranks[0]), new RankTrainerOptions());

        // A single step of 1e-4 vanishes when it is added to a norm of 1 in bfloat16, whose spacing there is 1/128.
        for (var step = 0; step < 60; step++)
            trainer.Update(Batch(), new NegativeLogLikelihood(), Optimizer, 1e-4, Cancellation);

        using var after = trainer.Collect(Cancellation)!;
        using var scope = NewDisposeScope();
        Assert.True((after["norm"] - weights["norm"]).abs().max().to(float32).item<float>() > 0);
    }

    /// <summary>The first scale is too large for this loss: halved until gradients fit, it leaves the weights as they are meanwhile.</summary>
    [Fact]
    public void Float16_weights_learn_once_the_loss_is_scaled_to_their_range()
    {
        using var weights = ModelWeights.Random(TinyModels.Moe, seed: 1, ScalarType.Float16);
        using var group = new InProcessGroup(1);
        using var trainer = new RankTrainer(weights, RankGroups.Of(group.Ranks[0]), new RankTrainerOptions());
        TrainingSequence[] loud = [.. Batch().Select(sequence => sequence with { TokenWeight = 10 * sequence.TokenWeight })];
        var before = trainer.WeightsHash(Cancellation);

        var first = Learn();
        Assert.Equal((65536, 1, 0), (first.Sums["actor/loss_scale"], first.Sums["actor/skipped_updates"], first.GradientNorm));
        Assert.Equal(before, trainer.WeightsHash(Cancellation));

        var all = Enumerable.Range(0, 60).Select(_ => Learn()).ToList();
        var skipped = (int)all.Sum(update => update.Sums["actor/skipped_updates"]);
        Assert.InRange(skipped, 0, 10);
        Assert.Equal(32768 / Math.Pow(2, skipped), all[^1].Sums["actor/loss_scale"]);
        Assert.All(all[skipped..], update => Assert.True(update.GradientNorm > 0));
        Assert.InRange(all[^1].Sums["sft/loss"], 0, 5); // ten times what it is

        UpdateStatistics Learn() => trainer.Update(loud, new NegativeLogLikelihood(), Optimizer with { MaxGradientNorm = 1 }, 1e-2, Cancellation);
    }

    /// <summary>Gradients of these tokens are below float16's smallest number, and come out as in float32 all the same.</summary>
    [Fact]
    public void Small_gradients_of_float16_weights_do_not_vanish()
    {
        TrainingSequence[] faint = [.. Batch().Select(sequence => sequence with { TokenWeight = 1e-5 * sequence.TokenWeight })];
        var (narrow, wide) = (NormOf(ScalarType.Float16), NormOf(ScalarType.Float32));

        Assert.InRange(narrow / wide, 0.95, 1.05);

        double NormOf(ScalarType type)
        {
            using var weights = ModelWeights.Random(TinyModels.Dense, seed: 1, type);
            using var group = new InProcessGroup(1);
            using var trainer = new RankTrainer(weights, RankGroups.Of(group.Ranks[0]), new RankTrainerOptions());
            return trainer.Update(faint, new NegativeLogLikelihood(), Optimizer, 1e-2, Cancellation).GradientNorm;
        }
    }

    [Fact]
    public void A_rank_that_fails_fails_the_others_by_name()
    {
        using var weights = ModelWeights.Random(TinyModels.Dense, seed: 1);
        using var group = new InProcessGroup(2);
        using var first = new RankTrainer(weights, RankGroups.Of(group.Ranks[0]), new RankTrainerOptions());

        group.Ranks[1].Abort(new NumericalFailureException("the gradient's norm", double.NaN));
        var failure = Assert.Throws<PeerFailedException>(
            () => first.Update(Batch(), new NegativeLogLikelihood(), Optimizer, 1e-2, Cancellation));

        Assert.Equal(1, failure.Rank);
    }

    [Theory]
    [InlineData("dense", torch.ScalarType.Float32)]
    [InlineData("moe", torch.ScalarType.Float32)]
    [InlineData("dense", torch.ScalarType.BFloat16)]
    public async Task A_restored_rank_goes_on_with_the_same_bits(string model, torch.ScalarType type)
    {
        using var weights = ModelWeights.Random(TinyModels.Named(model), seed: 1, type);
        using var group = new InProcessGroup(1);
        using var trainer = new RankTrainer(weights, RankGroups.Of(group.Ranks[0]), new RankTrainerOptions());
        Update(trainer);
        Update(trainer);

        using var folder = new TemporaryFolder();
        var checkpoints = new CheckpointStore(new LocalFolderStore(folder.Path), "checkpoints") { MostShardBytes = 1000 };
        var manifest = await SaveAsync(trainer, checkpoints);
        Update(trainer);
        using var other = new RankTrainer(weights, RankGroups.Of(group.Ranks[0]), new RankTrainerOptions());
        await other.LoadAsync(checkpoints, manifest, Cancellation);
        Assert.NotEqual(trainer.WeightsHash(Cancellation), other.WeightsHash(Cancellation));
        Update(other);

        Assert.Equal(trainer.WeightsHash(Cancellation), other.WeightsHash(Cancellation));

        static void Update(RankTrainer trainer) =>
            trainer.Update(Batch(), new NegativeLogLikelihood(), Optimizer, 1e-2, Cancellation);
    }

    [Fact]
    public async Task A_copy_is_what_the_state_was_when_it_was_begun()
    {
        using var weights = ModelWeights.Random(TinyModels.Dense, seed: 1);
        using var group = new InProcessGroup(1);
        using var trainer = new RankTrainer(weights, RankGroups.Of(group.Ranks[0]), new RankTrainerOptions());
        trainer.PrepareCopy();

        using var before = await trainer.CopyStateAsync();
        var copying = trainer.CopyStateAsync();
        trainer.Update(Batch(), new NegativeLogLikelihood(), Optimizer, 1e-2, Cancellation);
        using var first = await copying;
        using var second = await trainer.CopyStateAsync();

        Assert.Equal(Bytes(before), Bytes(first));
        Assert.NotEqual(Bytes(before), Bytes(second));

        static byte[] Bytes(CopiedPieces copy) => [.. copy.Pieces.SelectMany(piece => piece.Bytes.ToArray())];
    }

    private static async Task<CheckpointManifest> SaveAsync(RankTrainer trainer, CheckpointStore checkpoints)
    {
        using var copy = await trainer.CopyStateAsync();
        var parts = await checkpoints.WriteShardAsync(CheckpointStore.NameOf(2, 3), "r0.safetensors", copy.Pieces, Cancellation);
        var manifest = CheckpointFixture.ManifestOf(3) with { Tensors = CheckpointStore.Merge(parts) };
        Assert.True(await checkpoints.TryCommitAsync(manifest, Cancellation));
        return manifest;
    }

    private static ModelWeights Train(ModelConfig config, int ranks, int microBatchTokens, RouterBalance balance)
    {
        using var weights = ModelWeights.Random(config, seed: 1);
        using var group = new InProcessGroup(ranks);
        var options = new RankTrainerOptions
        {
            MicroBatchTokens = microBatchTokens,
            Router = new RouterSpec { Balance = balance, Rate = 0.01 },
        };
        var trainers = group.Ranks.Select(rank => new RankTrainer(weights, RankGroups.Of(rank), options)).ToArray();
        var loss = new ClippedPolicyLoss(AlgorithmPresets.Resolve(new AlgorithmSpec()));

        for (var step = 0; step < 3; step++)
        {
            var shares = MicroBatches.AcrossRanks(Batch(), ranks, new SequenceWorkload(config));
            var threads = trainers.Select((trainer, rank) =>
                new Thread(() => trainer.Update(shares[rank], loss, Optimizer, 1e-2, Cancellation))).ToArray();
            foreach (var thread in threads)
                thread.Start();
            foreach (var thread in threads)
                thread.Join();
        }

        var result = trainers[0].Collect(Cancellation)!;
        foreach (var trainer in trainers)
            trainer.Dispose();

        return result;
    }

    /// <summary>Seven sequences of different lengths with advantages of both signs.</summary>
    private static TrainingSequence[] Batch() =>
    [
        .. Enumerable.Range(0, 7).Select(row => new TrainingSequence
        {
            PromptTokens = [.. Enumerable.Range(0, 2 + row).Select(place => (row + (place * 3)) % 24)],
            ResponseTokens = [.. Enumerable.Range(0, 1 + ((row * 5) % 9)).Select(place => ((row * 11) + place) % 24)],
            TokenWeight = 1.0 / 31,
            Advantage = row % 2 == 0 ? 1 : -0.7,
            RolloutLogProbs = [.. Enumerable.Range(0, 1 + ((row * 5) % 9)).Select(place => -3f - (0.1f * place))],
        }),
    ];
}
