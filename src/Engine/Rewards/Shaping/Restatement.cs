namespace SeedOrleans.Engine.Rewards.Shaping;

/// <summary>Whether a response only says the question again, which fools judges that look for likeness.</summary>
internal static class Restatement
{
    /// <summary>A letter or two may well stand in both.</summary>
    private const int LeastCharacters = 4;

    /// <returns>The response, without its thinking, has nothing but what the question has, letters and digits compared in order.</returns>
    public static bool IsOne(string question, string response)
    {
        var said = Bare(FinalAnswer.AfterThinking(response));
        return said.Length >= LeastCharacters && Bare(question).Contains(said, StringComparison.Ordinal);
    }

    private static string Bare(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
