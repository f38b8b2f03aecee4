using SeedOrleans.Engine.Data.Tasks.Search;

namespace SeedOrleans.Engine.Rewards.Logic.Search;

/// <summary>Moves after the last of which a jug holds the amount.</summary>
internal static class WaterJugsRule
{
    private const int MaxMoves = 200;

    /// <param name="puzzle">Capacities and amount, <c>3,5&gt;4</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        var jugs = WaterJugs.Parse(puzzle);
        var moves = answer.Split(',');
        if (moves.Length > MaxMoves)
            return $"There are more than {MaxMoves} moves.";

        var known = jugs.Moves().ToHashSet();
        var levels = new int[jugs.Capacities.Length];
        foreach (var move in moves)
        {
            if (!known.Contains(move))
                return $"\"{move}\" is no move.";

            levels = jugs.Pour(levels, move);
        }

        return jugs.IsMeasured(levels) ? null : $"The jugs hold {string.Join(" and ", levels)} in the end.";
    }
}
