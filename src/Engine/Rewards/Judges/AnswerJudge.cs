using Microsoft.Extensions.AI;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data.Tasks.Judging;
using SeedOrleans.Engine.Rewards.Judges.Prompts;
using SeedOrleans.Engine.Rewards.Mathematics;
using SeedOrleans.Engine.Rewards.Mathematics.Extraction;

namespace SeedOrleans.Engine.Rewards.Judges;

/// <summary>Puts (question, reference, response) to a model and takes its YES or NO for the verdict.</summary>
/// <remarks>
/// A judge of language gets the response's part after all thinking, within a fence; a judge of characters gets the extracted answer alone. What
/// is no verdict, and P(YES) = ½, is an abstention.
/// </remarks>
public abstract class AnswerJudge(IChatClient model, JudgeStyle style, JudgeOptions? options) : IAnswerJudge
{
    private readonly JudgeOptions _options = options ?? new JudgeOptions();

    /// <returns>The judge of the style, which asks <paramref name="model"/>.</returns>
    public static AnswerJudge Of(JudgeStyle style, IChatClient model, JudgeOptions? options = null) =>
        style == JudgeStyle.Verifier ? new SeedVerifier(model, options) : new SeedThinkingVerifier(model, options);

    public async Task<JudgeOpinion> JudgeAsync(string? question, string reference, string response, CancellationToken cancellationToken)
    {
        var shown = ShownText.OfResponse(response, _options.MaxShownCharacters);
        if (shown.Length == 0)
            return JudgeOpinion.OfNoAnswer;

        var extracted = AnswerExtractor.Find(response, wantsLetter: false)?.Text ?? "";
        try
        {
            var asked = _options.Prompt == JudgePrompt.Compact
                ? JudgeQuestions.Compact(CompactPrompts.Equivalence(Bounded(reference), Bounded(extracted)), style)
                : JudgeQuestions.Verification(question, reference, shown, style, _options.MaxShownCharacters);
            var (reading, text) = await JudgeCall.AskAsync(model, asked, style, _options, cancellationToken).ConfigureAwait(false);

            return new JudgeOpinion(OutcomeOf(reading.Probability), reading.Probability, $"judge: {reading.Reason}", extracted, text);
        }
        catch (UnreadableForJudgeException unreadable)
        {
            return JudgeOpinion.Abstained($"judge: {unreadable.Message}", extracted);
        }
    }

    private static Outcome OutcomeOf(double? probability) => probability switch
    {
        > 0.5 => Outcome.Correct,
        < 0.5 => Outcome.Incorrect,
        _ => Outcome.Abstained,
    };

    private string Bounded(string text) => text.Length > _options.MaxShownCharacters ? text[^_options.MaxShownCharacters..] : text;
}
