using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Models.Parallel;
using SeedOrleans.Engine.Models.Sharding;
using SeedOrleans.Engine.Parallelism;

namespace SeedOrleans.Engine.Planning.Memory;

/// <summary>What a rank needs of memory, worked out from shapes alone: the same slices and stretches that training has, and what its operators keep.</summary>
/// <remarks>Held against what ranks are measured to need, layout by layer, in tests and in <c>benchmarks … plan</c>.</remarks>
public sealed class MemoryModel(ModelConfig config)
{
    private const long Wide = sizeof(float);

    private readonly WeightLayout _layout = WeightLayout.Of(config);

    /// <summary>That a rank has at once.</summary>
    public long MostLogits { get; init; } = LogitPieces.MostLogits;

    /// <summary>An update has several micro-batches, so that the last one's gradients are there when the next one begins.</summary>
    public bool HasManyRounds { get; init; } = true;

    private long Size => config.NumberBytes();

    /// <summary>The rank that needs most.</summary>
    /// <param name="batch">The largest micro-batch.</param>
    /// <param name="expertLoads">For each sparse layer, rows for this rank's experts by the mean of all ranks'; even where left out.</param>
    public MemoryEstimate Of(RankMesh mesh, BatchShape batch, MemorySpec measures, IReadOnlyList<double>? expertLoads = null) =>
        Of(mesh, ShardOf(mesh), batch, measures, expertLoads);

    /// <returns>Of the rank that has most.</returns>
    public ShardPlan ShardOf(RankMesh mesh) => ShardPlan.Of(config, _layout, mesh, mesh.Size - 1);

    /// <inheritdoc cref="Of(RankMesh, BatchShape, MemorySpec, IReadOnlyList{double})"/>
    /// <param name="plan">Of <see cref="ShardOf"/>, for whoever asks more than once.</param>
    public MemoryEstimate Of(RankMesh mesh, ShardPlan plan, BatchShape batch, MemorySpec measures, IReadOnlyList<double>? expertLoads = null)
    {
        var (outside, layers) = (plan.Units[0], plan.Units.Skip(1).ToArray());
        var isNarrow = Size < Wide;

        // What reshards keeps its stretches only, and has one layer's whole slices when it computes.
        var lasting = measures.ReshardAfterForward ? outside.Count : plan.Count;
        var passing = measures.ReshardAfterForward ? plan.ShardCount - outside.ShardCount : 0;
        var weights = (lasting + passing) * Size;
        var gradients = (lasting * Size) + (isNarrow ? lasting * Wide : 0) + (passing * Wide);
        var optimizer = measures.OffloadOptimizer ? 0 : plan.ShardCount * Wide * (isNarrow ? 3 : 2);

        var way = Way(mesh, batch, measures, expertLoads ?? [], measures.ReshardAfterForward ? layers.Max(unit => unit.Count) : 0);
        return new MemoryEstimate(weights, gradients, optimizer, way.Kept, way.Peak - way.Kept);
    }

    private Passage Way(RankMesh mesh, BatchShape batch, MemorySpec measures, IReadOnlyList<double> expertLoads, long passing)
    {
        var recomputation = new Recomputation(measures.RecomputeEvery, measures.RecomputeActivations);
        var memory = new LayerMemory(config, mesh, batch, GraphCuts.AreIn(config, mesh, recomputation, measures.ReshardAfterForward));

        // Layers that come and go take turns in two places, and their gradients in two more, from the first backward pass to the last.
        var places = 2 * passing * Size;
        var start = memory.Batch + (HasManyRounds ? 2 : 1) * places;
        var wide = Size < Wide ? passing * Wide : 0;
        var embedding = HeadMemory.Embedding(config, mesh, memory.Gathered);
        var way = new Passage(start, 0, 0).Then(embedding with { Backward = embedding.Backward + (HasManyRounds ? 0 : places) });
        var sparse = 0;
        for (var layer = 0; layer < config.Layers; layer++)
        {
            var load = config.IsSparse(layer) && sparse < expertLoads.Count ? expertLoads[sparse++] : 1;
            var isAgain = recomputation.Includes(layer);
            var passage = memory.Of(layer, load, recomputation.IsSelective && !isAgain);
            var gradients = HasManyRounds ? 0 : layer == config.Layers - 1 ? places / 2 : places;
            passage = passage with { Backward = passage.Backward + gradients + wide };
            way = way.Then(isAgain ? passage.Again(measures.OffloadActivations ? 0 : memory.Stream) : passage);
        }

        return way.Then(memory.Norm()).Then(HeadMemory.LogProbs(config, mesh, batch, MostLogits));
    }
}
