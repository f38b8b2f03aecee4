using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Models.Parallel;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Planning.Memory;
using SeedOrleans.Engine.Profiling;
using SeedOrleans.Engine.Tests.Models.Parallel;
using SeedOrleans.Engine.Tests.Parallelism;
using SeedOrleans.Engine.Training;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Planning;

/// <summary>What is predicted from shapes, against what libtorch's allocator counts while a rank trains.</summary>
public sealed class MemoryModelTests
{
    private const int PromptTokens = 20;

    /// <summary>Two sequences of one length, and others.</summary>
    private static readonly int[] ResponseTokens = [180, 180, 130, 160];

    public static TheoryData<string, int, int, int, int> Layouts() => ParallelEqualityTests.Layouts();

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task Peaks_are_predicted_within_a_twentieth(string model, int data, int context, int tensor, int expert)
    {
        var mesh = new RankMesh(data, context, tensor, expert);
        foreach (var (recompute, selects, reshards) in ((int, bool, bool)[])
            [(0, false, false), (1, false, false), (2, false, true), (0, false, true), (1, false, true), (0, true, false), (2, true, true)])
            await AssertPredictedAsync(
                ConfigOf(model), mesh,
                new MemorySpec { ReshardAfterForward = reshards, RecomputeEvery = recompute, RecomputeActivations = selects }, ResponseTokens);
    }

    [Theory]
    [InlineData(ScalarType.BFloat16, 1, 1)]
    [InlineData(ScalarType.BFloat16, 2, 1)]
    [InlineData(ScalarType.BFloat16, 2, 2)]
    [InlineData(ScalarType.Float16, 2, 2)]
    public Task Of_narrow_weights(ScalarType type, int context, int tensor) => AssertPredictedAsync(
        ConfigOf("dense") with { Dtype = type, Layers = 2 }, new RankMesh(1, context, tensor), new MemorySpec(), [60, 60]);

    /// <summary>The gradient of a table of many words outweighs everything else on the way back, at the head and again at the embedding.</summary>
    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(3, 1, false)]
    [InlineData(1, 2, false)]
    [InlineData(3, 1, true)]
    [InlineData(1, 2, true)]
    public Task Of_many_words_and_few_tokens(int context, int tensor, bool reshards) => AssertPredictedAsync(
        ConfigOf("dense") with { VocabularySize = 6000 }, new RankMesh(1, context, tensor), new MemorySpec { RecomputeEvery = 1, ReshardAfterForward = reshards }, [60, 60]);

    [Fact]
    public async Task Logits_that_are_too_many_are_computed_piece_by_piece()
    {
        var config = ConfigOf("dense") with { VocabularySize = 20_000 };
        var whole = await AssertPredictedAsync(config, new RankMesh(tensor: 2), new MemorySpec(), ResponseTokens);
        var pieces = await AssertPredictedAsync(config, new RankMesh(tensor: 2), new MemorySpec(), ResponseTokens, mostLogits: 500_000);

        Assert.InRange(pieces, 0, whole / 2);
    }

    /// <returns>The peak, in bytes.</returns>
    private static Task<long> AssertPredictedAsync(ModelConfig config, RankMesh mesh, MemorySpec measures, int[] responses, long mostLogits = LogitPieces.MostLogits) => TestGroup.OnThread(() =>
    {
        using var probe = new RankProbe(config, mesh, new RankTrainerOptions
        {
            ReshardAfterForward = measures.ReshardAfterForward,
            Recomputation = new Recomputation(measures.RecomputeEvery, measures.RecomputeActivations),
            MostLogits = mostLogits,
            MicroBatchTokens = 100_000,
        });
        probe.Update(PromptTokens, responses, TestContext.Current.CancellationToken);

        // Chance has it that some ranks' experts get more.
        var estimate = new MemoryModel(config) { MostLogits = mostLogits, HasManyRounds = false }.Of(mesh, BatchShape.Of(PromptTokens, responses, mesh.SizeOf(MeshAxis.Context)), measures, probe.ExpertLoads);
        Assert.InRange((double)estimate.Static / probe.StaticBytes, 0.999, 1.001);

        // An echo's weights make a router send all rows to the same experts; a rank that has none of these is a case that training does not know.
        var tolerance = probe.ExpertLoads.Any(rows => rows == 0) ? 0.08 : 0.05;
        Assert.True(
            Math.Abs(((double)estimate.Total / probe.PeakBytes) - 1) < tolerance,
            $"{measures}: {estimate} is {(double)estimate.Total / probe.PeakBytes} of the {probe.PeakBytes} bytes that there were; experts {string.Join(' ', probe.ExpertLoads)}.");
        return probe.PeakBytes;
    });

    /// <summary>As the equality tests' models, but large enough for tensors to outweigh what each operator has of its own.</summary>
    private static ModelConfig ConfigOf(string model)
    {
        var dense = new ModelConfig
        {
            Architecture = ModelArchitecture.Qwen3,
            VocabularySize = 300,
            HiddenSize = 96,
            IntermediateSize = 256,
            Layers = 4,
            AttentionHeads = 4,
            KeyValueHeads = 2,
            HeadDim = 32,
            MaxPositions = 512,
            QkNorm = true,
        };

        return model switch
        {
            "dense" => dense with { TieEmbeddings = true },
            "qwen2" => dense with { Architecture = ModelArchitecture.Qwen2, QkNorm = false, QkvBias = true },
            "llama" => dense with { Architecture = ModelArchitecture.Llama, QkNorm = false },
            _ => dense with { Architecture = ModelArchitecture.Qwen3Moe, Experts = 4, ExpertsPerToken = 2, MoeIntermediateSize = 128, NormalizeTopK = true },
        };
    }
}
