using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Data.Tasks.Grid;

/// <summary>Describes a picture by the runs of painted cells in its lines.</summary>
internal static class NonogramRuns
{
    /// <returns>Rows, a slash, columns: <c>2,1,1.1/1.1,2,1</c>.</returns>
    public static string Of(Board board) =>
        $"{string.Join(',', Enumerable.Range(0, board.Height).Select(row => Of(board.Row(row))))}"
        + $"/{string.Join(',', Enumerable.Range(0, board.Width).Select(column => Of(board.Column(column))))}";

    /// <returns>Lengths with points between them; 0 where nothing is painted.</returns>
    public static string Of(string line) =>
        string.Join('.', line.Split('0', StringSplitOptions.RemoveEmptyEntries).Select(run => run.Length).DefaultIfEmpty());
}
