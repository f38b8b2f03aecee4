using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Algorithms;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Models.Parallel;
using SeedOrleans.Engine.Models.Sharding;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Tests.Models.Sharding;
using SeedOrleans.Engine.Tests.Parallelism;
using SeedOrleans.Engine.Training;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Models.Parallel;

/// <summary>Whatever the mesh, whatever is computed again and whatever comes and goes: the numbers of one rank.</summary>
public sealed class ParallelEqualityTests
{
    private const double Tolerance = 1e-5;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Data, context, tensor and expert ranks; each axis alone, pairs, all.</summary>
    public static TheoryData<string, int, int, int, int> Layouts()
    {
        TheoryData<string, int, int, int, int> layouts = [];
        foreach (var model in (string[])["dense", "qwen2", "llama", "moe"])
            foreach (var (data, context, tensor) in ((int, int, int)[])
                [(1, 1, 1), (2, 1, 1), (3, 1, 1), (1, 2, 1), (1, 3, 1), (1, 1, 2), (2, 2, 1), (2, 1, 2), (1, 2, 2), (2, 2, 2)])
                layouts.Add(model, data, context, tensor, 1);

        foreach (var (data, context, tensor, expert) in ((int, int, int, int)[])
            [(2, 1, 1, 2), (4, 1, 1, 4), (1, 2, 1, 2), (1, 1, 2, 2), (2, 2, 1, 4), (2, 1, 2, 4), (2, 2, 2, 2), (2, 2, 2, 4)])
            layouts.Add("moe", data, context, tensor, expert);

        return layouts;
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task Loss_and_every_gradient_are_those_of_one_rank(string model, int data, int context, int tensor, int expert)
    {
        using var weights = TransformerTests.Lively(TinyModels.Named(model), seed: 3);
        var expected = await GradientsAsync(weights, new RankMesh(), Recomputation.None, reshards: false);

        foreach (var (recomputation, reshards, mostLogits) in ((Recomputation, bool, long)[])
            [(Recomputation.None, false, 1000), (Recomputation.None, false, 50), (Recomputation.All, false, 50), (new Recomputation(2), true, 1000), (Recomputation.None, true, 50), (Recomputation.All, true, 1000),
                (new Recomputation(0, IsSelective: true), false, 1000), (new Recomputation(2, IsSelective: true), true, 50)])
        {
            var actual = await GradientsAsync(weights, new RankMesh(data, context, tensor, expert), recomputation, reshards, mostLogits);

            AssertClose(expected, actual, $"{recomputation}, passing {reshards}, {mostLogits} logits at once");
        }
    }

    private static void AssertClose(Dictionary<string, float[]> expected, Dictionary<string, float[]> actual, string how)
    {
        foreach (var (name, numbers) in expected)
        {
            // Relative to the tensor's largest, and no finer than float32 adds up terms of size 1, which cancel in the smaller ones.
            var size = numbers.Max(Math.Abs);
            Assert.InRange(size, 1e-4, 1e4);
            for (var at = 0; at < numbers.Length; at++)
                Assert.True(
                    Math.Abs(numbers[at] - actual[name][at]) <= (Tolerance * size) + 1e-7, $"{name}[{at}] is {actual[name][at]} and not {numbers[at]} ({how}).");
        }
    }

    /// <returns>By slot; the loss, as <c>loss</c>.</returns>
    private static async Task<Dictionary<string, float[]>> GradientsAsync(ModelWeights whole, RankMesh mesh, Recomputation recomputation, bool reshards, long mostLogits = 1000)
    {
        var ranks = RankGroups.InProcess(mesh, background: reshards);
        var sharded = new ShardedWeights[ranks.Count];
        var losses = await Task.WhenAll(ranks.Select(groups => TestGroup.OnThread(() =>
        {
            using var passing = reshards ? new CommunicationThread(groups) : null;
            try
            {
                sharded[groups.Rank] = new ShardedWeights(whole, groups, trainable: true, passing);
                return Backward(sharded[groups.Rank], groups, recomputation, mostLogits);
            }
            catch (Exception failure)
            {
                groups.Abort(failure);
                throw;
            }
        })));

        var gradients = WholeGradients.Of(whole.Config, sharded);
        gradients["loss"] = [(float)losses.Sum()];
        foreach (var rank in sharded)
            rank.Dispose();

        return gradients;
    }

    /// <returns>This rank's part of the loss.</returns>
    private static double Backward(ShardedWeights weights, RankGroups groups, Recomputation recomputation, long mostLogits)
    {
        using var scope = NewDisposeScope();
        using var policy = new ParallelTransformer(weights, groups, vocabulary: 23, recomputation) { MostLogits = mostLogits };
        var share = MicroBatches.AcrossRanks(Batch(), groups.Mesh.SizeOf(MeshAxis.Data), new SequenceWorkload(TinyModels.Dense))[groups[MeshAxis.Data].Rank];
        var (context, contexts) = (groups[MeshAxis.Context].Rank, groups[MeshAxis.Context].Size);
        var loss = 0.0;

        // Two rounds; some ranks have nothing to do in one of them.
        foreach (var piece in (TrainingSequence[][])[[.. share.Take(2)], [.. share.Skip(2)]])
        {
            using var round = NewDisposeScope();
            using var tape = policy.Record();
            var batch = new PackedBatch(piece, context, contexts);
            using var trace = policy.Trace(batch.Input, withLoss: true, Cancellation);
            var seen = policy.LogProbs(batch.Input, temperature: 0.7, tape, trace, Cancellation);
            var result = new ClippedPolicyLoss(AlgorithmPresets.Resolve(new AlgorithmSpec())).Compute(seen.LogProbs, batch.Loss);
            var balance = trace.BalanceLoss();
            var total = balance is null ? result.Sum : result.Sum + (balance * 0.3);
            tape.Backward([total]);
            weights.AddLeafGradients();

            // Tensor ranks have the same log-probs, but each the routers' loss of its own tokens.
            loss += (groups[MeshAxis.Tensor].Rank == 0 ? result.Sum.item<float>() : 0) + (balance is null ? 0 : balance.item<float>() * 0.3);
        }

        weights.ReduceGradients(Cancellation);
        return loss;
    }

    /// <summary>Sequences of one token to feed and of twenty; fewer than some meshes have ranks for.</summary>
    internal static TrainingSequence[] Batch() =>
    [
        .. ((int Prompt, int Response)[])[(1, 1), (5, 9), (2, 3), (12, 9), (1, 4)] is var lengths ? lengths.Select((length, row) => new TrainingSequence
        {
            PromptTokens = [.. Enumerable.Range(0, length.Prompt).Select(place => (row + (place * 3)) % 23)],
            ResponseTokens = [.. Enumerable.Range(0, length.Response).Select(place => ((row * 11) + (place * place)) % 23)],
            TokenWeight = 1.0 / 26,
            Advantage = row % 2 == 0 ? 1 : -0.7,
            RolloutLogProbs = [.. Enumerable.Range(0, length.Response).Select(place => -3f - (0.1f * place))],
        }) : [],
    ];
}
