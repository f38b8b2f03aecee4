namespace SeedOrleans.Client.Views;

/// <summary>Rows of text as aligned columns.</summary>
internal static class Columns
{
    /// <param name="rows">At least one; all of the same length.</param>
    public static IEnumerable<string> Align(string[][] rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
