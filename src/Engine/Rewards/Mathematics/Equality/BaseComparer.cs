using SeedOrleans.Engine.Rewards.Mathematics.Expressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Equality;

/// <summary>Compares numbers of which at least one states its base: digits and base must both be right.</summary>
internal static class BaseComparer
{
    public const string Rule = "base";

    /// <param name="asksForBase">Whether the question names the base, so that digits alone answer it.</param>
    public static Comparison Compare(Expression reference, Expression answer, bool asksForBase, Func<Expression, Expression, Comparison> equal)
    {
        if (reference.Is(Operator.BaseNumber) && answer.Is(Operator.BaseNumber))
            return reference.Value == answer.Value && reference.Name == answer.Name
                ? Comparison.Same(Rule, "The answer has the digits and the base of the reference.")
                : Comparison.Different(Rule, "The answer has other digits or another base.");

        var (based, plain) = reference.Is(Operator.BaseNumber) ? (reference, answer) : (answer, reference);
        if (plain.Is(Operator.Number) && plain.Name == based.Name)
            return asksForBase
                ? Comparison.Same(Rule, "The digits are the same, and the question names their base.")
                : Comparison.Unknown(Rule, "The digits are the same, but only one side states their base.");

        return equal(reference, answer).IsSame
            ? Comparison.Different(Rule, "The answer has the right value, written in another base.")
            : Comparison.Different(Rule, "The answer is another number.");
    }
}
