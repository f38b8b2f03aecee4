using SeedOrleans.Engine.Parallelism;

namespace SeedOrleans.Engine.Models.Sharding;

/// <summary>Slices of one unit that the same ranks hold: these share them out, and add up their gradients.</summary>
/// <param name="Axis">Along which those ranks lie.</param>
/// <param name="Decays">Matrices do; norms and biases do not.</param>
/// <param name="Offset">Where it begins in the unit's flat tensor.</param>
/// <param name="Stretches">Which rank of the group keeps what, counted from the segment's beginning.</param>
/// <param name="Place">This rank's in the group.</param>
public sealed record ShardSegment(
    MeshAxis Axis, bool Decays, long Offset, IReadOnlyList<WeightSlice> Slices, Stretches Stretches, int Place)
{
    public long Count => Stretches.Count;

    /// <summary>What this rank keeps, counted from the segment's beginning.</summary>
    public (long Start, long Length) Mine => Stretches[Place];

    /// <param name="start">Counted from the segment's beginning.</param>
    /// <returns>What a stretch of the segment holds of whole tensors, in order; <see cref="ShardPiece.Offset"/> counts from the stretch's beginning.</returns>
    public IEnumerable<ShardPiece> Pieces(long start, long length)
    {
        var (first, at) = (0L, 0L);
        foreach (var slice in Slices)
        {
            var (from, to) = (Math.Max(start, first), Math.Min(start + length, first + slice.Count));
            foreach (var box in from < to ? slice.BoxesOf(from - first, to - from) : [])
            {
                yield return new ShardPiece(slice.Whole, box, at);
                at += box.Count();
            }

            first += slice.Count;
        }
    }

    internal static ShardSegment Of(MeshAxis axis, bool decays, long offset, IReadOnlyList<WeightSlice> slices, RankMesh mesh, int rank) => new(
        axis, decays, offset, slices, Stretches.Even(slices.Sum(slice => slice.Count), mesh.SizeOf(axis)), mesh.PlaceOf(axis, rank));
}
