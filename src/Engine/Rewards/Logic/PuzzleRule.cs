namespace SeedOrleans.Engine.Rewards.Logic;

/// <summary>Judges by a puzzle's rules what a response says after its last semicolon.</summary>
internal static class PuzzleRule
{
    /// <summary>How a reason begins that blames the ground truth.</summary>
    public const string NoPuzzle = "The ground truth is not such a puzzle";

    /// <summary>Several times as long as any right answer.</summary>
    private const int MaxAnswer = 2000;

    /// <param name="findBroken">From a puzzle and an answer to the rule that is broken, in words; null where none is.</param>
    public static Func<string, string, Judgement> Of(Func<string, string, string?> findBroken) => (puzzle, response) =>
    {
        var answer = FinalAnswer.AfterSemicolon(response);
        if (answer.Length == 0)
            return new Judgement(false, "", "The response gives no answer.");
        if (answer.Length > MaxAnswer)
            return new Judgement(false, answer, $"The answer is longer than {MaxAnswer} characters.");
        if (answer.Contains('\0'))
            return new Judgement(false, answer, "The answer holds characters that are no text."); // .NET reads "7\0" as 7.

        try
        {
            return findBroken(puzzle, answer) is { } broken
                ? new Judgement(false, answer, broken)
                : new Judgement(true, answer, "The answer keeps to all rules of the puzzle.");
        }
        catch (Exception malformed) when (malformed is FormatException or OverflowException)
        {
            // Only a ground truth that no task made: readers of puzzles say by this what is wrong with it.
            return new Judgement(false, answer, $"{NoPuzzle}: {malformed.Message}");
        }
    };
}
