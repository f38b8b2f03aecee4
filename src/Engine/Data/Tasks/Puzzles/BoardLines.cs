namespace SeedOrleans.Engine.Data.Tasks.Puzzles;

/// <summary>Which cells, counted from 0 row after row, make a line of a board.</summary>
internal static class BoardLines
{
    public static int[] Row(int row, int width) => [.. Enumerable.Range(row * width, width)];

    public static int[] Column(int column, int width, int height) =>
        [.. Enumerable.Range(0, height).Select(row => row * width + column)];
}
