using System.Text.RegularExpressions;
using SeedOrleans.Engine.Rewards.Mathematics.Equality;
using SeedOrleans.Engine.Rewards.Mathematics.Extraction;
using SeedOrleans.Engine.Rewards.Mathematics.Notation;

namespace SeedOrleans.Engine.Rewards.Mathematics;

/// <summary>Judges a response to a mathematical question by its final answer: extracts it, parses it, and decides equality with the reference by rules.</summary>
/// <remarks>
/// Size, depth and magnitude are bounded before anything is worked out, and all work is paid for from a <see cref="WorkBudget"/>, so no
/// text takes long and none throws. docs/rewards.md has every rule with an example.
/// </remarks>
public static partial class MathematicsVerifier
{
    /// <summary>Characters of an answer or a reference; longer ones are not read.</summary>
    private const int MaxLength = 3000;

    /// <param name="question">Notices restatements, and says whether percent or a base is asked for; may be null.</param>
    /// <param name="reference">The right answer, in LaTeX or plain text, boxed or not.</param>
    /// <param name="response">All that was written, thinking included, which does not count.</param>
    public static MathematicsVerdict Judge(string? question, string reference, string response, MathematicsPolicy? policy = null)
    {
        policy ??= MathematicsPolicy.Default;
        if (reference.Length > MaxLength)
            return new(Outcome.Abstained, "bounds", $"The reference is longer than {MaxLength} characters.", "");

        var expected = Decoration.Strip(reference);
        if (expected.Length == 0)
            return new(Outcome.Abstained, "reference", "The reference is empty.", "");

        var choice = ChoiceLetter.Read(expected) is var (letter, rest) && rest.Length == 0 ? letter : (char?)null;
        if (AnswerExtractor.Find(response, choice is not null) is not { } answer)
            return new(Outcome.Incorrect, "extraction", "The response gives no answer.", "");
        if (answer.Text.Length > MaxLength)
            return new(Outcome.Incorrect, "bounds", $"The answer is longer than {MaxLength} characters.", answer.Text[..MaxLength]);

        var comparison = choice is { } expectedLetter
            ? JudgeChoice(question, expectedLetter, answer.Text, policy)
            : JudgeAnswer(question, expected, answer.Text, policy);
        return new(comparison.Outcome, comparison.Rule, comparison.Reason, answer.Text);
    }

    /// <returns>Why no answer could be found equal to it but one that is written in the same way; null where there is no such reason.</returns>
    public static string? FindUnreadable(string reference)
    {
        if (reference.Length > MaxLength)
            return $"The reference is longer than {MaxLength} characters.";
        if (Decoration.Strip(reference) is not { Length: > 0 } expected)
            return "The reference is empty.";
        if (AnswerParser.Parse(expected, joinsCommas: true) is not { } parsed)
            return "The reference is in no notation that the rules know.";

        var policy = MathematicsPolicy.Default with { Form = AnswerForm.Any };
        var comparer = new AnswerComparer(policy, QuestionHints.Of(null), new RandomPoints(expected, expected), new WorkBudget(WorkBudget.Default));
        return comparer.Compare(parsed, parsed) is { IsSame: false } comparison ? $"The reference does not equal itself: {comparison.Reason}" : null;
    }

    private static Comparison JudgeChoice(string? question, char expected, string answer, MathematicsPolicy policy)
    {
        const string Rule = "multiple choice";
        if (ChoiceLetter.IsSeveral(answer))
            return Comparison.Different(Rule, "The answer names several letters.");
        if (ChoiceLetter.Read(answer) is var (letter, rest))
            return letter != expected ? Comparison.Different(Rule, "The answer is another letter.")
                : policy.LettersOnly && rest.Length > 0 ? Comparison.Different(Rule, "The answer has more than its letter.")
                : Comparison.Same(Rule, "The answer is the expected letter.");
        if (policy.LettersOnly)
            return Comparison.Different(Rule, "The answer is no letter of a choice.");

        return question is not null && ChoiceLetter.TextOf(question, expected) is { Length: <= MaxLength } text
            ? JudgeAnswer(question: null, text, answer, policy)
            : Comparison.Unknown(Rule, "The answer is no letter of a choice, and the question does not list what the letters stand for.");
    }

    private static Comparison JudgeAnswer(string? question, string expected, string answer, MathematicsPolicy policy)
    {
        if (WithoutSpaces(expected) == WithoutSpaces(answer))
            return Comparison.Same("identical text", "The answer is written as the reference is.");

        var budget = new WorkBudget(WorkBudget.Default);
        var comparison = Compare(question, expected, answer, policy, budget, joinsCommas: true);
        if (!comparison.IsSame && (expected.Contains(',') || answer.Contains(',')))
        {
            // 100,200,300 may be a number or a list: equal as lists is equal, where both are read alike.
            var asLists = Compare(question, expected, answer, policy, budget, joinsCommas: false);
            comparison = asLists.IsSame ? asLists : comparison;
        }

        return comparison.IsSame && question is not null && policy.Form != AnswerForm.Any && Restatement.Is(question, expected, answer, budget)
            ? Comparison.Different(Restatement.Rule, "The answer has the right value but only repeats what the question says.")
            : comparison;
    }

    private static Comparison Compare(string? question, string expected, string answer, MathematicsPolicy policy, WorkBudget budget, bool joinsCommas)
    {
        if (AnswerParser.Parse(expected, joinsCommas) is not { } reference)
            return WordsParser.Normalize(expected) == WordsParser.Normalize(answer)
                ? Comparison.Same("words", "The answer has the words of the reference.")
                : Comparison.Unknown("notation", "The reference is in no notation that the rules know.");
        if (AnswerParser.Parse(answer, joinsCommas) is not { } given)
            return Comparison.Unknown("notation", "The answer is in no notation that the rules know.");

        return new AnswerComparer(policy, QuestionHints.Of(question), new RandomPoints(expected, answer), budget).Compare(reference, given);
    }

    /// <summary>Spaces between two numbers or names separate them; all others say nothing.</summary>
    private static string WithoutSpaces(string text) => IdleSpace().Replace(text, "");

    [GeneratedRegex(@"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex IdleSpace();
}
