using SeedOrleans.Engine.Parallelism;

namespace SeedOrleans.Engine.Models.Sharding;

/// <summary>Which of a model's numbers one rank computes with, and which of those it keeps.</summary>
/// <remarks>
/// Tensor and expert ranks cut tensors into slices; the ranks that hold the same slice share it out in stretches (Zhao et al., PyTorch FSDP,
/// arXiv:2304.11277, §3). So every number of the model is kept by exactly one rank, whatever the mesh. A function of config and mesh alone.
/// </remarks>
public sealed class ShardPlan
{
    private ShardPlan(IReadOnlyList<ShardUnit> units) => Units = units;

    /// <summary>What stands outside the layers first, then layer by layer.</summary>
    public IReadOnlyList<ShardUnit> Units { get; }

    /// <summary>Numbers that the rank computes with.</summary>
    public long Count => Units.Sum(unit => unit.Count);

    /// <summary>Numbers that the rank keeps.</summary>
    public long ShardCount => Units.Sum(unit => unit.ShardCount);

    /// <exception cref="ArgumentException">The mesh does not fit the model; see <see cref="Problems"/>.</exception>
    public static ShardPlan Of(ModelConfig config, RankMesh mesh, int rank) => Of(config, WeightLayout.Of(config), mesh, rank);

    /// <inheritdoc cref="Of(ModelConfig, RankMesh, int)"/>
    /// <param name="layout">Of <paramref name="config"/>, for whoever makes many plans.</param>
    public static ShardPlan Of(ModelConfig config, WeightLayout layout, RankMesh mesh, int rank)
    {
        if (Problems(config, mesh) is { Count: > 0 } problems)
            throw new ArgumentException(string.Join("; ", problems), nameof(mesh));

        var slots = layout.Slots.ToLookup(slot => LayerOf(slot.Name));
        return new ShardPlan([UnitOf(null), .. Enumerable.Range(0, config.Layers).Select(layer => UnitOf(layer))]);

        ShardUnit UnitOf(int? layer)
        {
            List<ShardSegment> segments = [];
            foreach (var group in slots[layer ?? -1].GroupBy(slot => (Axis: HolderOf(slot.Slicing), slot.IsMatrix)))
                segments.Add(ShardSegment.Of(
                    group.Key.Axis, group.Key.IsMatrix, segments.Sum(segment => segment.Count),
                    [.. group.Select(slot => WeightSlice.Of(slot, mesh, rank))], mesh, rank));

            return new ShardUnit(layer, segments);
        }
    }

    /// <returns>What makes a mesh impossible for a model; empty where nothing does.</returns>
    public static IReadOnlyList<string> Problems(ModelConfig config, RankMesh mesh)
    {
        var (tensor, expert) = (mesh.SizeOf(MeshAxis.Tensor), mesh.SizeOf(MeshAxis.Expert));
        List<string> problems = [];
        if (config.AttentionHeads % tensor != 0 || config.KeyValueHeads % tensor != 0)
            problems.Add($"{config.AttentionHeads} attention heads and {config.KeyValueHeads} key-value heads cannot be dealt to {tensor} tensor ranks evenly");

        if (expert > 1 && config.Experts == 0)
            problems.Add($"a dense model has no experts to deal to {expert} expert ranks");
        else if (expert > 1 && config.Experts % expert != 0)
            problems.Add($"{config.Experts} experts cannot be dealt to {expert} expert ranks evenly");

        return problems;
    }

    /// <summary>Everything that the rank keeps, in the order of its shard: unit by unit, segment by segment.</summary>
    public IEnumerable<ShardPiece> Pieces()
    {
        var at = 0L;
        foreach (var segment in Units.SelectMany(unit => unit.Segments))
        {
            foreach (var piece in segment.Pieces(segment.Mine.Start, segment.Mine.Length))
                yield return piece with { Offset = at + piece.Offset };

            at += segment.Mine.Length;
        }
    }

    private static int LayerOf(string slot) => slot.Split('.') is ["layers", var layer, ..] ? int.Parse(layer, null) : -1;

    /// <summary>The ranks that hold the same slice. What nobody slices is held by all, and each of them has tokens of its own.</summary>
    private static MeshAxis HolderOf(Slicing slicing) => slicing switch
    {
        Slicing.Whole => MeshAxis.World,
        Slicing.Experts => MeshAxis.ExpertShard,
        _ => MeshAxis.Shard,
    };
}
