using System.Globalization;

namespace SeedOrleans.Benchmarks;

/// <summary>Prints rows of a Markdown table as they come, so that a long benchmark shows how far it is.</summary>
internal sealed class Table
{
    private readonly int[] _widths;

    public Table(params string[] columns)
    {
        _widths = [.. columns.Select((column, index) => Math.Max(column.Length, index == 0 ? 24 : 9))];
        Add(columns);
        Add([.. _widths.Select((width, index) => index == 0 ? new string('-', width) : new string('-', width - 1) + ":")]);
    }

    public void Add(params string[] cells) =>
        Console.WriteLine($"| {string.Join(" | ", cells.Select((cell, index) =>
            index == 0 ? cell.PadRight(_widths[index]) : cell.PadLeft(_widths[index])))} |");

    /// <returns>Three significant digits below 1, one decimal below 100, else a whole number with separators.</returns>
    public static string Number(double value) =>
        value.ToString(Math.Abs(value) < 1 ? "0.000" : Math.Abs(value) < 100 ? "0.0" : "N0", CultureInfo.InvariantCulture);
}
