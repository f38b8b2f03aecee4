using SeedOrleans.Engine.Data.Tasks.Grid;
using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Rewards.Logic.Grid;

/// <summary>Every number once in each row, column and box.</summary>
internal static class SudokuRule
{
    /// <param name="puzzle">The given cells, <c>12.4/3.12/.143/43.1</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        var given = FilledBoard.ParseSquare(puzzle);
        var shape = SudokuShape.Of(given.Width);
        var filled = Board.TryParse(answer);

        return FilledBoard.FindBroken(given, filled, "123456789"[..shape.Side])
            ?? FilledBoard.FindRepeat(filled!)
            ?? FindRepeatInBox(shape, filled!);
    }

    private static string? FindRepeatInBox(SudokuShape shape, Board filled)
    {
        for (var box = 0; box < shape.Side; box++)
        {
            if (shape.Box(box).Select(cell => filled[cell]).Distinct().Count() < shape.Side)
                return $"Box {box + 1} holds a number twice.";
        }

        return null;
    }
}
