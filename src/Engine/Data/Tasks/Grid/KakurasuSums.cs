using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Data.Tasks.Grid;

/// <summary>Adds the places, from 1, of the marks in each line.</summary>
internal static class KakurasuSums
{
    public static (int[] Rows, int[] Columns) Of(Board board) =>
        ([.. Enumerable.Range(0, board.Height).Select(row => Sum(board.Row(row)))],
            [.. Enumerable.Range(0, board.Width).Select(column => Sum(board.Column(column)))]);

    private static int Sum(string line) => line.Select((symbol, place) => symbol == '1' ? place + 1 : 0).Sum();
}
