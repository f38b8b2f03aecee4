using System.Numerics;
using SeedOrleans.Engine.Rewards.Mathematics.Expressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Equality;

/// <summary>Compares ratios, a : b, by cross products; a ratio of two is a fraction too.</summary>
internal static class RatioComparer
{
    public const string Rule = "ratio";

    public static Comparison Compare(Expression reference, Expression answer, AnswerForm form, Func<Expression, Expression, Comparison> equal)
    {
        var (expected, given) = (Terms(reference), Terms(answer));
        if (expected.Parts.Length != given.Parts.Length)
            return Comparison.Different(Rule, "The answer relates another number of things.");

        for (var i = 1; i < expected.Parts.Length; i++)
        {
            var cross = equal(Expression.Of(Operator.Product, expected[0], given[i]), Expression.Of(Operator.Product, expected[i], given[0]));
            if (!cross.IsSame)
                return cross with { Rule = Rule };
        }

        return form == AnswerForm.LowestTerms && HasCommonFactor(given) && !HasCommonFactor(expected)
            ? Comparison.Different(WorkedOut.Rule, "The answer is the right ratio, not in lowest terms.")
            : Comparison.Same(Rule, "The answer is the same ratio.");
    }

    private static Expression Terms(Expression answer) =>
        answer.Operator is Operator.Ratio or Operator.Quotient ? answer : Expression.Of(Operator.Ratio, answer, Expression.Number(1));

    private static bool HasCommonFactor(Expression ratio) =>
        ratio.Parts.All(part => part.Is(Operator.Number) && part.Value.IsInteger)
        && ratio.Parts.Aggregate(BigInteger.Zero, (gcd, part) => BigInteger.GreatestCommonDivisor(gcd, part.Value.Numerator)) > 1;
}
