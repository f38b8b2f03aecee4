namespace SeedOrleans.Engine.Models.Sharding;

/// <summary>Weights that come together and go together: one layer's, or what stands outside the layers.</summary>
/// <param name="Layer">Null for the embedding, the last norm and the head.</param>
public sealed record ShardUnit(int? Layer, IReadOnlyList<ShardSegment> Segments)
{
    /// <summary>Numbers in the flat tensor of all its slices.</summary>
    public long Count { get; } = Segments.Sum(segment => segment.Count);

    /// <summary>Numbers that this rank keeps.</summary>
    public long ShardCount { get; } = Segments.Sum(segment => segment.Mine.Length);

    /// <returns>Each slice, and where it begins in the unit's flat tensor.</returns>
    public IEnumerable<(WeightSlice Slice, long Offset)> Slices()
    {
        foreach (var segment in Segments)
        {
            var offset = segment.Offset;
            foreach (var slice in segment.Slices)
            {
                yield return (slice, offset);
                offset += slice.Count;
            }
        }
    }
}
