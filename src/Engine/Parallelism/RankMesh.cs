using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>How ranks are laid out: data × context × tensor, and the same ranks once more as expert shards × experts.</summary>
/// <remarks>
/// Rank = (data · C + context) · T + tensor, for C context and T tensor ranks: those that talk most are neighbours. Experts are dealt to
/// neighbours too, across data, context and tensor ranks alike, since each of them has tokens of its own (parallel folding, arXiv:2504.14960).
/// </remarks>
public sealed record RankMesh
{
    private readonly int _data, _context, _tensor, _expert;

    /// <exception cref="ArgumentException">A size is below 1, or experts cannot be dealt to all ranks evenly.</exception>
    public RankMesh(int data = 1, int context = 1, int tensor = 1, int expert = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(data, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(context, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(tensor, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(expert, 1);
        (_data, _context, _tensor, _expert) = (data, context, tensor, expert);
        if (Size % expert != 0)
            throw new ArgumentException(
                $"Experts on {expert} ranks do not go into {data} · {context} · {tensor} = {Size} ranks evenly; choose a divisor of {Size}.", nameof(expert));
    }

    /// <exception cref="ArgumentException">As the constructor's.</exception>
    public static RankMesh Of(LayoutSpec layout) => new(layout.Data, layout.Context, layout.Tensor, layout.Expert);

    /// <summary>Ranks.</summary>
    public int Size => _data * _context * _tensor;

    /// <returns>Ranks of a group along <paramref name="axis"/>.</returns>
    public int SizeOf(MeshAxis axis) => Lie(axis).Count;

    /// <returns>Where in its group a rank is, counted from 0.</returns>
    public int PlaceOf(MeshAxis axis, int rank)
    {
        var (stride, count) = Lie(axis);
        return rank / stride % count;
    }

    /// <returns>The ranks that <paramref name="rank"/> works with along <paramref name="axis"/>, itself among them, ascending.</returns>
    public IReadOnlyList<int> GroupOf(MeshAxis axis, int rank)
    {
        var (stride, count) = Lie(axis);
        var first = rank - (PlaceOf(axis, rank) * stride);
        return [.. Enumerable.Range(0, count).Select(place => first + (place * stride))];
    }

    /// <returns>How far apart the members of a group are, and how many.</returns>
    private (int Stride, int Count) Lie(MeshAxis axis) => axis switch
    {
        MeshAxis.Tensor => (1, _tensor),
        MeshAxis.Context => (_tensor, _context),
        MeshAxis.Data => (_tensor * _context, _data),
        MeshAxis.Sequence => (1, _tensor * _context),
        MeshAxis.Shard => (_tensor, _context * _data),
        MeshAxis.Expert => (1, _expert),
        MeshAxis.ExpertShard => (_expert, Size / _expert),
        MeshAxis.World => (1, Size),
        _ => throw new ArgumentOutOfRangeException(nameof(axis), axis, "No such axis."),
    };
}
