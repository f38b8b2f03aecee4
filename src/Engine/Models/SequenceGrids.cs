using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models;

/// <summary>Packed sequences as grids, one for each length that there is, so that nothing is padded.</summary>
/// <remarks>
/// Grids are views of the packed tokens. Nearly equal lengths in one padded grid were measured to be slower than a grid for each, down to
/// one short sequence a grid: padding has to be copied there and back, and is computed with.
/// </remarks>
/// <param name="grids">In the order in which they lie.</param>
internal sealed class SequenceGrids(IReadOnlyList<SequenceGrid> grids)
{
    private readonly long[] _tokens = [.. grids.Select(grid => grid.Tokens())];

    /// <param name="packed">[tokens, heads, headDim].</param>
    /// <returns>By grid, [sequences, heads, length, headDim].</returns>
    public Tensor[] Lay(Tensor packed)
    {
        var parts = grids.Count == 1 ? [packed] : packed.split(_tokens);
        return [.. grids.Zip(parts, (grid, part) => part.view(grid.Sequences, grid.Length, packed.size(1), packed.size(2)).transpose(1, 2))];
    }

    /// <param name="laid">As <see cref="Lay"/> returns them; grids without a token may be left out.</param>
    /// <returns>[tokens, heads · headDim].</returns>
    public static Tensor Take(IEnumerable<Tensor> laid)
    {
        Tensor[] parts = [.. laid.Select(grid => grid.transpose(1, 2).reshape(grid.size(0) * grid.size(2), grid.size(1) * grid.size(3)))];
        return parts is [var only] ? only : cat(parts);
    }
}
