using Microsoft.Extensions.AI;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data.Tasks.Judging;

namespace SeedOrleans.Engine.Rewards.Judges.Prompts;

/// <summary>Makes the messages that a judge is asked with. What is judged stands in the user's message, fenced, and never speaks as anybody else.</summary>
internal static class JudgeQuestions
{
    /// <param name="shown">The response as <see cref="ShownText"/> shows it.</param>
    public static List<ChatMessage> Verification(string? question, string reference, string shown, JudgeStyle style, int maxCharacters)
    {
        var (asked, expected) = (ShownText.Of(question ?? "", maxCharacters), ShownText.Of(reference, maxCharacters));
        var fence = Fence.Around(asked, expected, shown);
        return
        [
            new ChatMessage(ChatRole.System, Principles.Verification),
            new ChatMessage(ChatRole.User, $"""
                {fence.Enclose("QUESTION", asked)}
                {fence.Enclose("REFERENCE", expected)}
                {fence.Enclose("RESPONSE", shown)}
                {(style == JudgeStyle.Verifier ? Principles.VerifyAtSight : Principles.VerifyByThinking)}
                """),
        ];
    }

    /// <param name="first">As <see cref="ShownText"/> shows it; the second, too.</param>
    public static List<ChatMessage> Comparison(string question, string first, string second, JudgeStyle style, int maxCharacters)
    {
        var asked = ShownText.Of(question, maxCharacters);
        var fence = Fence.Around(asked, first, second);
        return
        [
            new ChatMessage(ChatRole.System, Principles.Comparison),
            new ChatMessage(ChatRole.User, $"""
                {fence.Enclose("QUESTION", asked)}
                {fence.Enclose("FIRST", first)}
                {fence.Enclose("SECOND", second)}
                {(style == JudgeStyle.Verifier ? Principles.CompareAtSight : Principles.CompareByThinking)}
                """),
        ];
    }

    /// <summary>At sight, the reply is begun up to the verdict's first character.</summary>
    /// <param name="prompt">Of <see cref="CompactPrompts"/>.</param>
    public static List<ChatMessage> Compact(string prompt, JudgeStyle style)
    {
        List<ChatMessage> messages = [new ChatMessage(ChatRole.User, prompt)];
        if (style == JudgeStyle.Verifier)
            messages.Add(new ChatMessage(ChatRole.Assistant, CompactPrompts.BeforeVerdict));

        return messages;
    }
}
