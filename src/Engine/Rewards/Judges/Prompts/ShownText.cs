using System.Text;

namespace SeedOrleans.Engine.Rewards.Judges.Prompts;

/// <summary>What a judge gets to see of a text that others wrote.</summary>
internal static class ShownText
{
    private const string Cut = "[…]";

    /// <returns>The part after all thinking, as <see cref="Of"/> shows it; empty where there is none.</returns>
    public static string OfResponse(string response, int maxCharacters) => Of(FinalAnswer.AfterThinking(response), maxCharacters);

    /// <returns>Trimmed, without markers of roles; of a long text the end, where answers stand.</returns>
    public static string Of(string text, int maxCharacters)
    {
        var trimmed = text.Trim();
        var start = Math.Max(0, trimmed.Length - maxCharacters);
        var end = start > 0 ? Cut + trimmed[(char.IsLowSurrogate(trimmed[start]) ? start + 1 : start)..] : trimmed;
        return RoleMarkers.Break(Whole(end));
    }

    /// <summary>Half a surrogate pair is no text and no JSON.</summary>
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
