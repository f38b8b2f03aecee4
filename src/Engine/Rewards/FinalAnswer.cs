namespace SeedOrleans.Engine.Rewards;

/// <summary>Finds where a response says its final answer.</summary>
public static class FinalAnswer
{
    private const string ThinkStart = "<think>", ThinkEnd = "</think>";

    /// <returns>What follows the last closed thought, up to a thought that never closes.</returns>
    public static string AfterThinking(string response)
    {
        var end = response.LastIndexOf(ThinkEnd, StringComparison.Ordinal);
        var spoken = end < 0 ? response : response[(end + ThinkEnd.Length)..];
        var start = spoken.IndexOf(ThinkStart, StringComparison.Ordinal);
        return start < 0 ? spoken : spoken[..start];
    }

    /// <returns>What follows the last semicolon, trimmed; the whole text where there is none.</returns>
    public static string AfterSemicolon(string text) => text[(text.LastIndexOf(';') + 1)..].Trim();
}
