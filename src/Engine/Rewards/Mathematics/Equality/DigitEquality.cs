using SeedOrleans.Engine.Rewards.Mathematics.Expressions;
using SeedOrleans.Engine.Rewards.Mathematics.Numerics;

namespace SeedOrleans.Engine.Rewards.Mathematics.Equality;

/// <summary>Decides whether two values are equal by working both out to some 70 digits, at random points where they have variables.</summary>
/// <remarks>Values that differ by less than 10^−50 of their size pass for equal: no finite number of digits tells more.</remarks>
internal sealed class DigitEquality(RandomPoints points, WorkBudget budget)
{
    private const int WholeRounds = 20, EnoughRounds = 4;

    /// <returns>Null where too few points are in both domains.</returns>
    public Comparison? Compare(Expression reference, Expression answer)
    {
        var isComplex = IsComplex(reference) || IsComplex(answer);
        var hasVariables = HasVariables(reference) || HasVariables(answer);
        var (same, narrower) = (0, false);
        for (var round = 0; round < (hasVariables ? RandomPoints.RealRounds : 1); round++)
        {
            var place = round;
            var evaluator = new BallEvaluator(variable => points.Real(variable, place), budget, staysReal: hasVariables && !isComplex);
            var (expected, given) = (evaluator.Evaluate(reference), evaluator.Evaluate(answer));
            narrower |= expected.IsDefined && !given.IsDefined;
            if (!expected.IsDefined || !given.IsDefined)
                continue;
            if (BallComparison.Of(expected, given) is not { } equal)
                return null;
            if (!equal)
                return Comparison.Different(ValueEquality.Numeric, "The answer has another value.");

            same++;
        }

        if (hasVariables && same == 0)
            return ByWholeNumbers(reference, answer);
        if (narrower)
            return Comparison.Unknown(ValueEquality.Numeric, "The answer equals the reference where it is defined, and is not defined everywhere the reference is.");

        return same >= (hasVariables ? EnoughRounds : 1)
            ? Comparison.Same(ValueEquality.Numeric, "The answer equals the reference to 50 digits" + (hasVariables ? " at random points." : "."))
            : null;
    }

    private Comparison? ByWholeNumbers(Expression reference, Expression answer)
    {
        var same = 0;
        for (var round = 0; round < WholeRounds; round++)
        {
            var place = round;
            var evaluator = new BallEvaluator(variable => points.Whole(variable, place), budget);
            var (expected, given) = (evaluator.Evaluate(reference), evaluator.Evaluate(answer));
            if (!expected.IsDefined || !given.IsDefined)
                continue;
            if (BallComparison.Of(expected, given) is not { } equal)
                return null;
            if (!equal)
                return Comparison.Different(ValueEquality.Numeric, "The answer has another value at a whole number.");

            same++;
        }

        return same >= EnoughRounds ? Comparison.Same(ValueEquality.Numeric, "The answer equals the reference to 50 digits at whole numbers.") : null;
    }

    private static bool IsComplex(Expression expression) => expression.Contains(node => node.Is(Operator.Constant, "i"));

    private static bool HasVariables(Expression expression) => !expression.FreeVariables().IsEmpty;
}
