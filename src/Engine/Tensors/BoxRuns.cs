using System.Collections;

namespace SeedOrleans.Engine.Tensors;

/// <summary>The innermost rows of a box: where each begins.</summary>
internal sealed class BoxRuns(Box box) : IEnumerable<long[]>
{
    /// <summary>Elements of a row.</summary>
    public long Length { get; } = box.Lengths.Length == 0 ? 1 : box.Lengths[^1];

    public IEnumerator<long[]> GetEnumerator()
    {
        for (var row = 0L; row < box.Count() / Length; row++)
        {
            var corner = (long[])box.Offsets.Clone();
            for (var (dim, left) = (corner.Length - 2, row); dim >= 0; dim--)
            {
                corner[dim] += left % box.Lengths[dim];
                left /= box.Lengths[dim];
            }

            yield return corner;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
