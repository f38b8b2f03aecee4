using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Data.Tasks.Grid;

/// <summary>Lines of sight into a square: down each column, up each column, rightwards along each row, leftwards along each row.</summary>
internal static class SkyscraperView
{
    /// <param name="view">0 to 4·<paramref name="side"/> − 1.</param>
    /// <returns>Cells, counted from 0 row after row, the nearest first.</returns>
    public static int[] Cells(int view, int side)
    {
        var line = view / side < 2 ? BoardLines.Column(view % side, side, side) : BoardLines.Row(view % side, side);
        return view / side % 2 == 0 ? line : [.. line.Reverse()];
    }

    public static IEnumerable<int[]> Lines(Board square) =>
        Enumerable.Range(0, 4 * square.Width).Select(view => Cells(view, square.Width).Select(cell => square[cell] - '0').ToArray());

    /// <returns>How many are higher than all before them.</returns>
    public static int Count(ReadOnlySpan<int> heights)
    {
        var (seen, highest) = (0, int.MinValue);
        foreach (var height in heights)
        {
            if (height > highest)
                (seen, highest) = (seen + 1, height);
        }

        return seen;
    }
}
