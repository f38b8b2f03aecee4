using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Models.Parallel;
using SeedOrleans.Engine.Models.Sharding;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Planning.Devices;
using SeedOrleans.Engine.Planning.Memory;

namespace SeedOrleans.Engine.Planning.Layouts;

/// <summary>How long an update takes, from what a device can do: products, memory, lines, and the start of each operator.</summary>
/// <remarks>
/// Products of m·n·k take 2·m·n·k operations forward and twice as many backward; attention over s tokens 4·s²·q, half of them where it is causal
/// (Kaplan et al., arXiv:2001.08361, §2.1; Narayanan et al., arXiv:2104.04473, §5.1).
/// </remarks>
public sealed class TimeModel(ModelConfig config, UpdateLoad load, DeviceKind device)
{
    /// <summary>Of a layer, forward.</summary>
    private const int DenseOperators = 45, SparseOperators = 75;

    /// <summary>Numbers that an optimizer's step reads and writes for each that it keeps: weight, gradient, two moments.</summary>
    private const int StepNumbers = 7;

    private readonly bool _isNarrow = config.NumberBytes() < sizeof(float);

    private double Size => config.NumberBytes();

    private double Flops => (_isNarrow ? device.Bfloat16Tflops : device.Float32Tflops) * 1e12 * device.Efficiency;

    /// <param name="shard">Of the candidate's mesh.</param>
    /// <param name="memory">Of the candidate.</param>
    public TimeEstimate Of(LayoutCandidate candidate, ShardPlan shard, MemoryEstimate memory)
    {
        var once = candidate.SequencesAtOnce(load);
        var round = Compute(candidate, load.BatchOf(once, candidate.Layout.Context), memory);
        var (compute, even) = (round * candidate.SequencesARank(load) / once, candidate.Evenness(load));
        return new TimeEstimate(compute * even, Communication(candidate, shard, round), compute * (1 - even), Step(candidate, shard));
    }

    /// <summary>Communication that computing does not hide.</summary>
    /// <param name="round">Seconds that a rank computes for a micro-batch, planned or measured.</param>
    public double Communication(LayoutCandidate candidate, ShardPlan shard, double round)
    {
        var mesh = RankMesh.Of(candidate.Layout);
        var once = candidate.SequencesAtOnce(load);
        var batch = load.BatchOf(once, candidate.Layout.Context);
        return (Exposed(candidate, mesh, shard, batch, round) * candidate.SequencesARank(load) / once) + OnceAnUpdate(candidate, mesh, shard);
    }

    private double Compute(LayoutCandidate candidate, BatchShape batch, MemoryEstimate memory)
    {
        var (tensors, every) = (candidate.Layout.Tensor, candidate.Memory.RecomputeEvery);
        var recomputation = new Recomputation(every);
        var (flops, operators, weights) = (0.0, 0.0, 0.0);
        for (var layer = 0; layer < config.Layers; layer++)
        {
            var isAgain = recomputation.Includes(layer);
            var passes = 3 + (isAgain ? 1 : 0);
            flops += candidate.Memory.RecomputeActivations && !isAgain ? LastProduct(layer, batch) / tensors : 0;
            flops += passes * LayerFlops(layer, batch, tensors, candidate.Layout.Context);
            operators += passes * (config.IsSparse(layer) ? SparseOperators : DenseOperators);
            weights += passes * LayerSize.Active(config, layer) / (double)tensors * Size;
        }

        var words = config.VocabularySize / (double)tensors;
        var pieces = LogitPieces.Of(batch.Targets, (long)words).Ranks;
        flops += (pieces > 1 ? 4 : 3) * 2.0 * batch.Targets * words * config.HiddenSize;

        // What is kept for the way back is written, read, and read once more for its gradient; logits are as much work.
        var traffic = 3 * (memory.Activations + (batch.Targets * words * sizeof(float) * 2)) / (device.MemoryGbPerSecond * 1e9);
        var products = Math.Max(flops / Flops, weights / (device.MemoryGbPerSecond * 1e9));
        var starts = operators * device.OperatorMicroseconds * 1e-6;

        // The inputs of layers that are computed again go and come back, and nothing else is done meanwhile.
        var again = every > 0 ? (config.Layers + every - 1) / every : 0;
        var offloaded = candidate.Memory.OffloadActivations
            ? 2 * again * batch.Tokens * config.HiddenSize * Size / tensors / (device.HostGbPerSecond * 1e9)
            : 0;
        return (device.IsCore ? products + traffic + starts : Math.Max(products + traffic, starts)) + offloaded;
    }

    /// <summary>Of an MLP or of experts: inner size → hidden size, forward.</summary>
    private double LastProduct(int layer, BatchShape batch) =>
        2.0 * batch.Tokens * config.HiddenSize * (config.IsSparse(layer) ? config.ExpertsPerToken * config.MoeIntermediateSize : config.IntermediateSize);

    private double LayerFlops(int layer, BatchShape batch, int tensors, int contexts)
    {
        var products = 2.0 * batch.Tokens * LayerSize.Active(config, layer) / tensors;
        var heads = (double)config.AttentionHeads * config.HeadDim / tensors;

        // Of what context ranks hide from each other by a mask they compute all.
        var seen = contexts == 1 ? 0.5 : 1;
        return products + (4 * seen * heads * batch.Pairs);
    }

    /// <summary>Of one micro-batch.</summary>
    private double Exposed(LayoutCandidate candidate, RankMesh mesh, ShardPlan shard, BatchShape batch, double round)
    {
        var speed = new GroupSpeed(device, mesh);
        var hidden = batch.Tokens * config.HiddenSize * Size;
        var keys = 2.0 * batch.AllTokens * config.KeyValueHeads * config.HeadDim / candidate.Layout.Tensor * Size;
        var moved = batch.Tokens / (double)candidate.Layout.Tensor * config.ExpertsPerToken * config.HiddenSize * Size;
        var recomputation = new Recomputation(candidate.Memory.RecomputeEvery);
        var seconds = 4 * speed.Exchange(MeshAxis.Tensor, hidden); // both ends of the network
        for (var layer = 0; layer < config.Layers; layer++)
        {
            // What is gathered forward is reduce-scattered backward, and the other way round.
            var passes = 2 + (recomputation.Includes(layer) ? 1 : 0);
            var blocks = config.IsSparse(layer) ? 1 : 2;
            seconds += passes * 2 * blocks * speed.Exchange(MeshAxis.Tensor, hidden);
            seconds += passes * speed.Exchange(MeshAxis.Context, keys);
            seconds += config.IsSparse(layer) ? passes * 2 * speed.Exchange(MeshAxis.Expert, moved) : 0;
        }

        if (!candidate.Memory.ReshardAfterForward)
            return seconds;

        // Weights come forward and backward, gradients go; all beside the computing of other layers.
        var passing = shard.Units.Skip(1).Sum(unit => unit.Segments.Sum(segment =>
            (2 * speed.Exchange(segment.Axis, segment.Count * Size)) + speed.Exchange(segment.Axis, segment.Count * sizeof(float))));
        return seconds + (device.IsCore ? passing : Math.Max(0, passing - round));
    }

    private double OnceAnUpdate(LayoutCandidate candidate, RankMesh mesh, ShardPlan shard)
    {
        var speed = new GroupSpeed(device, mesh);
        return shard.Units.Where(unit => unit.Layer is null || !candidate.Memory.ReshardAfterForward).Sum(unit => unit.Segments.Sum(segment =>
            speed.Exchange(segment.Axis, segment.Count * sizeof(float)) + speed.Exchange(segment.Axis, segment.Count * Size)));
    }

    private double Step(LayoutCandidate candidate, ShardPlan shard)
    {
        var numbers = shard.ShardCount * (double)sizeof(float);
        var offloaded = candidate.Memory.OffloadOptimizer ? numbers * 2 * (_isNarrow ? 3 : 2) / (device.HostGbPerSecond * 1e9) : 0;
        return (numbers * StepNumbers / (device.MemoryGbPerSecond * 1e9)) + offloaded;
    }
}
