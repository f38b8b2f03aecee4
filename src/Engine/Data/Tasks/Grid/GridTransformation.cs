using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Data.Tasks.Grid;

/// <summary>Ways to make one picture of colours 0 to 9 out of another.</summary>
internal static class GridTransformation
{
    private static readonly Func<Board, Board>[] Movements =
    [
        board => board,
        board => Board.Of(board.Height, board.Width, (row, column) => board[row, board.Width - 1 - column]),
        board => Board.Of(board.Height, board.Width, (row, column) => board[board.Height - 1 - row, column]),
        board => Board.Of(board.Height, board.Width, (row, column) => board[board.Height - 1 - row, board.Width - 1 - column]),
        board => Board.Of(board.Width, board.Height, (row, column) => board[column, row]),
        board => Board.Of(board.Width, board.Height, (row, column) => board[board.Height - 1 - column, row]),
        board => Board.Of(board.Width, board.Height, (row, column) => board[column, board.Width - 1 - row]),
        board => Board.Of(board.Height, board.Width, (row, column) => board[row, (column + board.Width - 1) % board.Width]),
        board => Board.Of(board.Height, board.Width, (row, column) => board[(row + board.Height - 1) % board.Height, column]),
        Fall,
    ];

    private static readonly Func<Board, Board>[] Growths =
    [
        board => board,
        board => Board.Of(board.Height, 2 * board.Width, (row, column) => board[row, column % board.Width]),
        board => Board.Of(board.Height, 2 * board.Width, (row, column) => board[row, Math.Min(column, 2 * board.Width - 1 - column)]),
        board => Board.Of(2 * board.Height, board.Width, (row, column) => board[Math.Min(row, 2 * board.Height - 1 - row), column]),
        board => Board.Of(2 * board.Height, 2 * board.Width, (row, column) => board[row / 2, column / 2]),
        board => Board.Of(board.Height + 2, board.Width + 2, (row, column) =>
            board.Contains(row - 1, column - 1) ? board[row - 1, column - 1] : '5'),
    ];

    /// <summary>A movement alone, and one that moves something.</summary>
    public static IReadOnlyList<Func<Board, Board>> Simple => Movements[1..];

    /// <summary>A movement, then a growth; either may leave the picture as it is.</summary>
    public static IReadOnlyList<Func<Board, Board>> Composed { get; } =
        [.. Movements.SelectMany(movement => Growths.Select(grow => (Func<Board, Board>)(board => grow(movement(board)))))];

    /// <summary>Colours drop to the bottom through cells of colour 0, and keep their order.</summary>
    private static Board Fall(Board board)
    {
        string[] columns = [.. Enumerable.Range(0, board.Width).Select(column =>
            board.Column(column).Replace("0", "", StringComparison.Ordinal).PadLeft(board.Height, '0'))];
        return Board.Of(board.Height, board.Width, (row, column) => columns[column][row]);
    }
}
