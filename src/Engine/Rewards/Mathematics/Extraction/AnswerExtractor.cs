using SeedOrleans.Engine.Rewards.Mathematics.Expressions;
using SeedOrleans.Engine.Rewards.Mathematics.Notation;

namespace SeedOrleans.Engine.Rewards.Mathematics.Extraction;

/// <summary>Finds the answer in a response: the rightmost of the best kind that occurs, outside all thinking.</summary>
internal static class AnswerExtractor
{
    /// <summary>An answer stands near the end; what is before this is not searched.</summary>
    private const int SearchedTail = 1 << 15;

    private const int MaxWhole = 600;

    /// <param name="wantsLetter">Whether the reference is the letter of a choice.</param>
    /// <returns>Null where the response gives no answer.</returns>
    public static ExtractedAnswer? Find(string response, bool wantsLetter)
    {
        var spoken = FinalAnswer.AfterThinking(response);
        var tail = spoken.Length > SearchedTail ? spoken[^SearchedTail..] : spoken;
        foreach (var kind in Enum.GetValues<AnswerKind>())
        {
            if (Find(tail, kind, wantsLetter) is { } answer && Decoration.Strip(answer) is { Length: > 0 } text)
                return new ExtractedAnswer(text, kind);
        }

        // Prose without any notation may still be an answer in words.
        var words = Decoration.Strip(tail);
        return words.Length > 0 ? new ExtractedAnswer(words, AnswerKind.Whole) : null;
    }

    private static string? Find(string text, AnswerKind kind, bool wantsLetter) => kind switch
    {
        AnswerKind.Boxed => BoxedAnswers.Find(text),
        AnswerKind.Marked => MarkedAnswers.Find(text),
        AnswerKind.AfterSemicolon => AfterSemicolon(text),
        AnswerKind.Whole => Whole(text, wantsLetter),
        AnswerKind.Bold => ProseAnswers.Bold(text),
        _ => wantsLetter ? ProseAnswers.LastLetter(text) ?? ProseAnswers.LastExpression(text) : ProseAnswers.LastExpression(text),
    };

    private static string? AfterSemicolon(string text)
    {
        var answer = text.Contains(';') ? FinalAnswer.AfterSemicolon(text) : "";
        return answer.AsSpan().ContainsAny(")]}\n") && !answer.AsSpan().ContainsAny("([{") ? null : answer;
    }

    private static string? Whole(string text, bool wantsLetter)
    {
        var answer = text.Length > MaxWhole ? "" : Decoration.Strip(text);
        return answer.Length > 0 && AnswerParser.Parse(answer, joinsCommas: true) is { } parsed
            && (!wantsLetter || !parsed.Is(Operator.Words) || ChoiceLetter.Read(answer) is not null)
            ? answer
            : null;
    }
}
