using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models;

/// <summary>Packed sequences as several grids, one after another.</summary>
/// <remarks>Made within the caller's dispose scope, which owns its tensors.</remarks>
internal sealed class SequenceGrids
{
    private readonly PaddedGrid[] _grids;
    private readonly long[] _tokens; // of each grid

    /// <param name="lengths">Tokens of each sequence.</param>
    /// <param name="runs">Which sequences make up a grid: the first's number, and how many there are.</param>
    public SequenceGrids(IReadOnlyList<int> lengths, IReadOnlyList<(int First, int Count)> runs)
    {
        _grids = [.. runs.Select(run => new PaddedGrid([.. lengths.Skip(run.First).Take(run.Count)]))];
        _tokens = [.. _grids.Select(grid => grid.Tokens)];
    }

    /// <param name="packed">[tokens, heads, headDim].</param>
    /// <returns>By grid, [sequences, heads, longest, headDim]; null of a grid without tokens.</returns>
    public Tensor?[] Lay(Tensor packed)
    {
        var parts = _grids.Length == 1 ? [packed] : packed.split(_tokens);
        return [.. _grids.Zip(parts, (grid, part) => grid.Tokens == 0 ? null : grid.Lay(part))];
    }

    /// <param name="grids">As <see cref="Lay"/> returns them.</param>
    /// <returns>[tokens, heads · headDim].</returns>
    public Tensor Take(IEnumerable<Tensor?> grids)
    {
        Tensor[] parts = [.. _grids.Zip(grids).Where(pair => pair.Second is not null).Select(pair => pair.First.Take(pair.Second!))];
        return parts is [var only] ? only : cat(parts);
    }
}
