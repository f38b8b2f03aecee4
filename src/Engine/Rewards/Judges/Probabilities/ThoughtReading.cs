using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Rewards.Judges.Probabilities;

/// <summary>Reads a verdict off the end of a reply that reasons first; nothing that stands before the end counts.</summary>
internal static partial class ThoughtReading
{
    public static Reading Of(ChatResponse reply, JudgePrompt prompt)
    {
        if (reply.FinishReason == ChatFinishReason.Length)
            return new Reading(null, "The judge's reply was cut off before its verdict.");

        var spoken = FinalAnswer.AfterThinking(reply.Text);
        var verdict = prompt == JudgePrompt.Compact
            ? YesNo.OfWord(FinalAnswer.AfterSemicolon(spoken))
            : LastLine().Match(spoken) is { Success: true } match ? YesNo.OfWord(match.Groups[1].Value) : null;

        return verdict is { } isYes
            ? new Reading(isYes ? 1 : 0, $"The judge reasons, and says {(isYes ? "yes" : "no")}.")
            : new Reading(null, "The judge's reply does not end in a verdict.");
    }

    /// <summary>The whole last line that has words on it.</summary>
    [GeneratedRegex(@"(?:^|\n)(?:[^\w\n]|_)*(?:final\s+)?verdict(?:[^\w\n]|_)*(yes|no)(?:\W|_)*\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LastLine();
}
