using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Search;

/// <summary>A board of walls with a start and an end; moves are u, d, l, r.</summary>
internal static class MazeMap
{
    public const char Wall = '#', Floor = '.', Start = 's', End = 'e';
    public const string Moves = "udlr";

    private static readonly (int Rows, int Columns)[] Steps = [(-1, 0), (1, 0), (0, -1), (0, 1)];

    /// <summary>Carves a maze in which one way joins any two rooms, then breaks <paramref name="loops"/> more walls.</summary>
    /// <param name="rooms">Rooms on a side; the board's side is 2·rooms − 1.</param>
    public static Board Draw(RandomSequence random, int rooms, int loops)
    {
        var side = 2 * rooms - 1;
        char[] cells = [.. Enumerable.Range(0, side * side).Select(cell => cell / side % 2 == 0 && cell % side % 2 == 0 ? Floor : Wall)];
        Stack<(int Row, int Column)> way = new([(0, 0)]);
        HashSet<(int, int)> seen = [(0, 0)];
        while (way.TryPeek(out var here))
        {
            (int Row, int Column)[] next =
            [
                .. Steps.Select(step => (Row: here.Row + 2 * step.Rows, Column: here.Column + 2 * step.Columns))
                    .Where(room => room.Row >= 0 && room.Column >= 0 && room.Row < side && room.Column < side && !seen.Contains(room)),
            ];
            if (next.Length == 0)
            {
                way.Pop();
                continue;
            }

            var room = random.Pick(next);
            cells[(here.Row + room.Row) / 2 * side + (here.Column + room.Column) / 2] = Floor;
            seen.Add(room);
            way.Push(room);
        }

        // A wall between two rooms has one even and one odd coordinate.
        var walls = Enumerable.Range(0, cells.Length).Where(cell => cells[cell] == Wall && (cell / side + cell % side) % 2 == 1);
        foreach (var wall in random.Shuffled(walls).Take(loops))
            cells[wall] = Floor;

        int[] ends = random.Sample(Enumerable.Range(0, rooms * rooms), 2);
        cells[ends[0] / rooms * 2 * side + ends[0] % rooms * 2] = Start;
        cells[ends[1] / rooms * 2 * side + ends[1] % rooms * 2] = End;
        return Board.Of(side, side, (row, column) => cells[row * side + column]);
    }

    /// <returns>The cell that a move leads to; null where it is no move, or a wall or the edge is in the way.</returns>
    public static int? Move(Board maze, int cell, char move)
    {
        var kind = Moves.IndexOf(move);
        if (kind < 0)
            return null;

        var (row, column) = (cell / maze.Width + Steps[kind].Rows, cell % maze.Width + Steps[kind].Columns);
        return maze.Contains(row, column) && maze[row, column] != Wall ? row * maze.Width + column : null;
    }

    /// <returns>A shortest row of moves from start to end; null where there is none.</returns>
    public static string? ShortestWay(Board maze) =>
        ShortestWays.Find(maze.Find(Start), cell => MovesFrom(maze, cell), cell => maze[cell] == End) is { } moves ? string.Concat(moves) : null;

    private static IEnumerable<(char Move, int Cell)> MovesFrom(Board maze, int cell) =>
        from move in Moves
        let next = Move(maze, cell, move)
        where next is not null
        select (move, next.Value);
}
