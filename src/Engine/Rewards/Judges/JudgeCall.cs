using Microsoft.Extensions.AI;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Rewards.Judges.Probabilities;

namespace SeedOrleans.Engine.Rewards.Judges;

/// <summary>Asks a model one question, and reads its reply for a verdict.</summary>
internal static class JudgeCall
{
    /// <exception cref="UnreadableForJudgeException">The model cannot read the question.</exception>
    /// <exception cref="JudgeFailedException">The model could not be asked.</exception>
    public static async Task<(Reading Reading, string Text)> AskAsync(
        IChatClient model, List<ChatMessage> question, JudgeStyle style, JudgeOptions options, CancellationToken cancellationToken)
    {
        var asked = new ChatOptions
        {
            MaxOutputTokens = options.TokensOf(style),
            Temperature = (float)options.Temperature,
            Seed = options.Seed,
        };

        var reply = await model.GetResponseAsync(question, style == JudgeStyle.Verifier ? asked.WithLogProbs() : asked, cancellationToken).ConfigureAwait(false);
        return (style == JudgeStyle.Verifier ? SightReading.Of(reply) : ThoughtReading.Of(reply, options.Prompt), reply.Text);
    }
}
