using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Rewards.Logic.Grid;

/// <summary>A queen in each row, none attacked, and the given ones where they were.</summary>
internal static class QueensRule
{
    /// <param name="puzzle">For each row the letter of a column, or a point: <c>.d..b.g</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        if (puzzle.Length is 0 or > CellName.MaxSide)
            throw new FormatException("A board has 1 to 26 rows.");

        var columns = Symbols.Letters[..puzzle.Length];
        if (answer.Length != puzzle.Length || answer.Any(column => !columns.Contains(column)))
            return $"The answer is not {puzzle.Length} letters from a to {columns[^1]}.";

        for (var row = 0; row < answer.Length; row++)
        {
            if (puzzle[row] != Givens.Blank && puzzle[row] != answer[row])
                return $"The queen of row {row + 1} was given at {puzzle[row]}.";

            for (var higher = 0; higher < row; higher++)
            {
                if (answer[higher] == answer[row] || Math.Abs(answer[higher] - answer[row]) == row - higher)
                    return $"The queens of rows {higher + 1} and {row + 1} attack each other.";
            }
        }

        return null;
    }
}
