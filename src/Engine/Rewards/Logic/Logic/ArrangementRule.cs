using SeedOrleans.Engine.Data.Tasks.Logic;

namespace SeedOrleans.Engine.Rewards.Logic.Logic;

/// <summary>Every thing of each kind once, and all clues hold.</summary>
internal static class ArrangementRule
{
    /// <param name="puzzle">Kinds and clues, <c>abc/pqr:a=q,b&lt;p,r3</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        var arrangement = ArrangementPuzzle.Parse(puzzle);
        var orders = answer.Split('/');
        if (orders.Length != arrangement.Kinds.Length)
            return $"The answer does not have {arrangement.Kinds.Length} rows.";

        foreach (var (kind, order) in arrangement.Kinds.Zip(orders))
        {
            if (!kind.Order().SequenceEqual(order.Order()))
                return $"\"{order}\" does not hold each of {kind} once.";
        }

        return arrangement.Clues.FirstOrDefault(clue => !clue.Holds(Place(clue.First), Place(clue.Second ?? clue.First))) is { } broken
            ? $"The clue {broken} does not hold."
            : null;

        int Place(char thing) => orders.Max(order => order.IndexOf(thing));
    }
}
