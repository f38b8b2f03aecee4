using SeedOrleans.Engine.Data.Tasks.Logic;

namespace SeedOrleans.Engine.Rewards.Logic.Logic;

/// <summary>A code that every guess's marks fit.</summary>
internal static class MastermindRule
{
    /// <param name="puzzle">The last digit of the code's digits, and guesses with marks, <c>4:12&gt;01,33&gt;00</c>.</param>
    public static string? FindBroken(string puzzle, string answer)
    {
        if (puzzle.Split(':') is not [[>= '1' and <= '9' and var highest], var list])
            throw new FormatException("A puzzle looks like 4:12>01,33>00.");

        var guesses = list.Split(',').Select(Read).ToList();
        var length = guesses[0].Code.Length;
        if (guesses.Exists(guess => guess.Code.Length != length))
            throw new FormatException("Guesses are of one length.");
        if (answer.Length != length || answer.Any(digit => digit < '1' || digit > highest))
            return $"The answer is not {length} digits from 1 to {highest}.";

        return guesses.Find(guess => MastermindFeedback.Of(guess.Code, answer) != guess.Marks) is { Code: { } broken }
            ? $"The guess {broken} would have other marks."
            : null;

        static (string Code, string Marks) Read(string guess) =>
            guess.Split('>') is [var code, { Length: 2 } marks] && code.All(char.IsAsciiDigit)
                ? (code, marks)
                : throw new FormatException($"\"{guess}\" is no guess with marks.");
    }
}
