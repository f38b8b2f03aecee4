using System.Collections.Immutable;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Models.Parallel;
using SeedOrleans.Engine.Models.Sharding;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Tests.Models.HuggingFace;
using SeedOrleans.Engine.Tests.Models.Sharding;
using SeedOrleans.Engine.Training;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Models;

/// <summary>The network against <see cref="SlowTransformer"/>, which reads the same model from a Hugging Face folder.</summary>
public sealed class TransformerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static readonly Dictionary<string, ModelConfig> Configs = new()
    {
        ["qwen3"] = TinyModels.Dense,
        ["qwen3 of its own head size, untied"] = TinyModels.Dense with { HeadDim = 12, TieEmbeddings = false, RopeTheta = 1e6, RmsNormEpsilon = 1e-5 },
        ["qwen3 with biases"] = TinyModels.Dense with { QkvBias = true, OutputBias = true },
        ["qwen3-moe"] = TinyModels.Moe,
        ["qwen3-moe, shares as they are"] = TinyModels.Moe with { NormalizeTopK = false },
        ["qwen3-moe, every second layer"] = TinyModels.Moe with { Layers = 4, DecoderSparseStep = 2, IntermediateSize = 40 },
        ["qwen3-moe, some layers dense"] = TinyModels.Moe with { Layers = 3, MlpOnlyLayers = [0, 2], IntermediateSize = 40, ExpertsPerToken = 3 },
        ["qwen2"] = TinyModels.Qwen2,
        ["qwen2, tied"] = TinyModels.Qwen2 with { TieEmbeddings = true },
        ["llama"] = TinyModels.Llama,
        ["llama with shared heads and biases"] = TinyModels.Llama with { KeyValueHeads = 1, QkvBias = true, OutputBias = true },
    };

    public static TheoryData<string> Models => [.. Configs.Keys];

    [Theory]
    [MemberData(nameof(Models))]
    public void Log_probs_are_those_of_a_slow_loop_over_the_saved_folder(string model)
    {
        using var weights = Lively(Configs[model], seed: 11);
        using var policy = new Transformer(weights);
        PolicyFolder.Save(weights, _folder.Path);
        int[][] sequences = [Tokens(20, 3), Tokens(2, 5), Tokens(13, 7)];

        var slow = new SlowTransformer(_folder.Path);
        var expected = sequences.SelectMany(slow.LogProbs).ToArray();
        var actual = SequenceScorer.Score(
            policy, [.. sequences.Select(Sequence)], temperature: 1, microBatchTokens: 1000, TestContext.Current.CancellationToken)
            .SelectMany(scores => scores).ToArray();

        // A model that guesses would agree with any other that guesses.
        Assert.True(expected.Max() - expected.Min() > 2);
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Packed_weights_say_the_same(string model)
    {
        using var weights = Lively(Configs[model], seed: 11);
        using var policy = new Transformer(weights);
        TrainingSequence[] sequences = [Sequence(Tokens(20, 3)), Sequence(Tokens(2, 5)), Sequence(Tokens(13, 7))];
        float[] expected = [.. Score().SelectMany(scores => scores)];

        weights.Pack();
        weights.Pack();

        Assert.All(expected.Zip(Score().SelectMany(scores => scores)), pair => Assert.Equal(pair.First, pair.Second, 1e-5));

        IReadOnlyList<ImmutableArray<float>> Score() => SequenceScorer.Score(
            policy, sequences, temperature: 1, microBatchTokens: 1000, TestContext.Current.CancellationToken);
    }

    /// <summary>Of Σ log p + 0.7·balance over two sequences; each derivative by moving one weight of the slow loop.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Gradients_through_experts_and_balance_loss_are_finite_differences(bool normalizeTopK)
    {
        const double Balance = 0.7, Step = 1e-5;
        var config = TinyModels.Moe with
        {
            HiddenSize = 8,
            HeadDim = 4,
            AttentionHeads = 2,
            KeyValueHeads = 1,
            MoeIntermediateSize = 4,
            IntermediateSize = 4,
            Layers = 2,
            VocabularySize = 12,
            NormalizeTopK = normalizeTopK,
        };
        using var weights = Lively(config, seed: 4);
        PolicyFolder.Save(weights, _folder.Path);
        int[][] sequences = [[.. Tokens(7, 3).Select(token => token % 12)], [.. Tokens(4, 5).Select(token => token % 12)]];
        double[] shares = [0.25, 0.75];

        var gradients = Backward(weights, sequences, shares, Balance);
        var slow = new SlowTransformer(_folder.Path);

        foreach (var slot in weights.Layout.Slots)
        {
            var gradient = gradients[slot.Name];
            foreach (var part in slot.Parts)
            {
                var numbers = slow.Weights[part.Name];
                for (var at = 0; at < numbers.Length; at++)
                    Assert.Equal(Derivative(numbers, at), gradient[part.Start + at], 2e-4);
            }
        }

        double Derivative(double[] numbers, int at)
        {
            var old = numbers[at];
            numbers[at] = old + Step;
            var above = Loss();
            numbers[at] = old - Step;
            var below = Loss();
            numbers[at] = old;
            return (above - below) / (2 * Step);
        }

        double Loss() => sequences.Zip(shares, (tokens, share) => slow.LogProbs(tokens).Sum() + (Balance * share * slow.BalanceLoss)).Sum();
    }

    [Fact]
    public void Rows_that_the_tokenizer_does_not_know_are_no_choice()
    {
        using var scope = NewDisposeScope();
        using var weights = Lively(TinyModels.Dense, seed: 11);
        using var policy = new Transformer(weights, vocabulary: 20);

        Assert.Equal([3, 20], policy.Logits(randn(3, TinyModels.Dense.HiddenSize)).shape);
    }

    private static Dictionary<string, float[]> Backward(ModelWeights weights, int[][] sequences, double[] shares, double balance)
    {
        using var scope = NewDisposeScope();
        using var group = new InProcessGroup(1);
        var ranks = RankGroups.Of(group.Ranks[0]);
        using var sharded = new ShardedWeights(weights, ranks, trainable: true);
        using var policy = new ParallelTransformer(sharded, ranks);
        var batch = new PackedBatch([.. sequences.Zip(shares, (tokens, share) => Sequence(tokens) with { TokenWeight = share / (tokens.Length - 1) })]).Input;
        using var trace = policy.Trace(batch, withLoss: true, CancellationToken.None);
        using var tape = policy.Record();

        var logProbs = policy.LogProbs(batch, temperature: 1, tape, trace, CancellationToken.None).LogProbs;
        tape.Backward([logProbs.sum() + (trace.BalanceLoss()! * balance)]);
        return WholeGradients.Of(weights.Config, [sharded]);
    }

    /// <summary>Random weights with norms and biases that matter, and an embedding that makes up its mind.</summary>
    internal static ModelWeights Lively(ModelConfig config, ulong seed)
    {
        var weights = ModelWeights.Random(config, seed);
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        using var generator = new Generator(seed + 1, CPU);

        var (matrices, all) = (weights.Layout.MatrixCount, weights.Layout.Count);
        var rest = weights.Flat.narrow(0, matrices, all - matrices);
        rest.add_(empty_like(rest).normal_(0, 0.3, generator));
        weights["embedding"].mul_(25);
        weights.Find("head")?.mul_(25);
        return weights;
    }

    private static int[] Tokens(int count, int stride) => [.. Enumerable.Range(0, count).Select(place => ((place * place) + (stride * place) + 1) % TinyModels.Vocabulary)];

    private static TrainingSequence Sequence(int[] tokens) =>
        new() { PromptTokens = [tokens[0]], ResponseTokens = [.. tokens.AsSpan(1)], TokenWeight = 1 };
}
