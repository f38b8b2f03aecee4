using SeedOrleans.Engine.Data.Tasks.Logic;
using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Rewards.Logic.Logic;

/// <summary>Knights' statements are true, knaves' are false.</summary>
internal static class KnightsRule
{
    /// <param name="puzzle">What each says, <c>a:!b,b:(a|b)</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        var island = KnightsPuzzle.Parse(puzzle);
        if (answer.Length != island.Statements.Length || answer.Any(role => role is not (KnightsPuzzle.Knight or KnightsPuzzle.Knave)))
            return $"The answer is not {island.Statements.Length} letters k or n.";

        return island.FindContradiction(answer) is { } person
            ? $"{Symbols.Letters[person]}'s statement is {(answer[person] == KnightsPuzzle.Knight ? "false" : "true")}."
            : null;
    }
}
