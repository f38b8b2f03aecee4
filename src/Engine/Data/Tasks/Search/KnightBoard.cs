using System.Globalization;
using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Data.Tasks.Search;

/// <summary>A square board, a knight's start and its goal: <c>5:a1&gt;e4</c>.</summary>
internal sealed record KnightBoard(int Side, (int Row, int Column) Start, (int Row, int Column) Goal)
{
    /// <exception cref="FormatException">The text is no such puzzle.</exception>
    public static KnightBoard Parse(string text)
    {
        if (text.Split(':', '>') is [var size, var from, var to]
            && int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var side)
            && side is > 0 and <= CellName.MaxSide
            && CellName.TryParse(from) is { } start
            && CellName.TryParse(to) is { } goal
            && new KnightBoard(side, start, goal) is var board
            && board.Contains(start)
            && board.Contains(goal))
            return board;

        throw new FormatException($"\"{text}\" is no puzzle such as 5:a1>e4.");
    }

    public bool Contains((int Row, int Column) cell) => cell.Row >= 0 && cell.Column >= 0 && cell.Row < Side && cell.Column < Side;

    public static bool IsMove((int Row, int Column) from, (int Row, int Column) to) =>
        Math.Abs(from.Row - to.Row) * Math.Abs(from.Column - to.Column) == 2;

    /// <returns>The cells of a way with the fewest moves, both ends included; null where the knight cannot get there.</returns>
    public List<(int Row, int Column)>? ShortestWay() =>
        ShortestWays.Find(Start, cell => Reachable(cell).Select(to => (to, to)), cell => cell == Goal) is { } moves ? [Start, .. moves] : null;

    private IEnumerable<(int Row, int Column)> Reachable((int Row, int Column) cell) =>
        from row in Enumerable.Range(cell.Row - 2, 5)
        from column in Enumerable.Range(cell.Column - 2, 5)
        where Contains((row, column)) && IsMove(cell, (row, column))
        select (row, column);
}
