using System.Globalization;

namespace SeedOrleans.Client.Views;

/// <summary>Draws a curve out of braille characters, each of which has 2 × 4 dots.</summary>
internal static class BrailleCurve
{
    private const int DotsAcross = 2, DotsDown = 4;

    /// <summary>Unicode's bit of each dot, by column and row (U+2800 block).</summary>
    private static readonly int[,] Dots = { { 0x01, 0x02, 0x04, 0x40 }, { 0x08, 0x10, 0x20, 0x80 } };

    /// <param name="points">In order of x; points that are no finite numbers are left out.</param>
    /// <param name="width">Characters, the labels of the axis included.</param>
    /// <returns><paramref name="height"/> lines, the highest and lowest value at their left.</returns>
    public static string[] Draw(IEnumerable<(double X, double Y)> points, int width, int height)
    {
        var known = points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).ToList();
        if (known.Count == 0)
            return [.. Enumerable.Repeat("", height - 1), "no values yet"];

        var (low, high) = (known.Min(point => point.Y), known.Max(point => point.Y));
        var labels = new[] { Label(high), Label(low) };
        var margin = labels.Max(label => label.Length) + 1;
        var cells = new int[height, Math.Max(1, width - margin)];

        Plot(known, low, high, cells);

        return [.. Enumerable.Range(0, height).Select(row =>
            (row == 0 ? labels[0] : row == height - 1 ? labels[1] : "").PadLeft(margin - 1) + " " + Line(cells, row))];
    }

    private static void Plot(List<(double X, double Y)> points, double low, double high, int[,] cells)
    {
        var (rows, columns) = (cells.GetLength(0) * DotsDown, cells.GetLength(1) * DotsAcross);
        var (first, last) = (points[0].X, points[^1].X);

        var dots = points.Select(point => (
            X: last > first ? (int)Math.Round((point.X - first) / (last - first) * (columns - 1)) : 0,
            Y: high > low ? (int)Math.Round((high - point.Y) / (high - low) * (rows - 1)) : rows / 2)).ToList();

        Mark(cells, dots[0].X, dots[0].Y);
        foreach (var (from, to) in dots.Zip(dots.Skip(1)))
        {
            var steps = Math.Max(1, Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y)));
            for (var step = 1; step <= steps; step++)
                Mark(cells, from.X + ((to.X - from.X) * step / steps), from.Y + ((to.Y - from.Y) * step / steps));
        }
    }

    private static void Mark(int[,] cells, int x, int y)
    {
        if (x >= 0 && x / DotsAcross < cells.GetLength(1))
            cells[y / DotsDown, x / DotsAcross] |= Dots[x % DotsAcross, y % DotsDown];
    }

    private static string Line(int[,] cells, int row) =>
        string.Concat(Enumerable.Range(0, cells.GetLength(1)).Select(column => (char)(0x2800 + cells[row, column])));

    private static string Label(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
