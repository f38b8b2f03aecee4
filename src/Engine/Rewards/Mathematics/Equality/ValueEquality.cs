using SeedOrleans.Engine.Rewards.Mathematics.Expressions;
using SeedOrleans.Engine.Rewards.Mathematics.Numerics;

namespace SeedOrleans.Engine.Rewards.Mathematics.Equality;

/// <summary>Decides whether two values are equal: as fractions, by their form, modulo primes, and to 50 digits, in this order.</summary>
internal sealed class ValueEquality(MathematicsPolicy policy, RandomPoints points, WorkBudget budget)
{
    public const string Exact = "exact number", Tolerance = "tolerance", Form = "canonical form", Modular = "modular evaluation", Numeric = "numeric evaluation";

    /// <summary>At each of two primes.</summary>
    private const int ModularRounds = 3;

    private readonly ExactEvaluator _exact = new(budget);

    /// <summary>Abstains where a notation has two readings and the answer is right in the other one.</summary>
    public Comparison Compare(Expression reference, Expression answer)
    {
        var comparison = Decide(reference, answer);
        if (!comparison.IsDifferent)
            return comparison;
        if (IsPlainLog(reference) != IsPlainLog(answer) && Decide(Natural(reference), Natural(answer)).IsSame)
            return Comparison.Unknown(Numeric, "The two are equal if the logarithm without a base is natural, and not if it is decimal.");

        return reference.FreeVariables().IsEmpty
            && answer is { Operator: Operator.Product, Parts: [{ Operator: Operator.Number } number, { Operator: Operator.Variable, Name: "m" or "g" or "s" or "L" or "h" }] }
            && Decide(reference, number).IsSame
            ? Comparison.Unknown(QuantityComparer.UnitRule, "The letter after the number may be a unit or a variable.")
            : comparison;
    }

    private Comparison Decide(Expression reference, Expression answer)
    {
        var (expected, given) = (_exact.Evaluate(reference), _exact.Evaluate(answer));
        if (expected is { } a && given is { } b)
        {
            if (a == b)
                return Comparison.Same(Exact, "The answer equals the expected number exactly.");
            if (!policy.IsTolerant)
                return Comparison.Different(Exact, "The answer is another number.");
        }

        if (policy.IsTolerant && Near(reference, answer) is { } near)
            return near;

        var (form, other) = (new CanonicalForm(budget).KeyOf(reference), new CanonicalForm(budget).KeyOf(answer));
        if (form is not null && form == other)
            return Comparison.Same(Form, "The answer and the reference have the same canonical form.");
        if (IsInfinite(reference) || IsInfinite(answer))
            return Comparison.Different(Form, "Only one of the two is infinite.");

        return ByResidues(reference, answer) ?? new DigitEquality(points, budget).Compare(reference, answer) ?? Comparison.Unknown(
            Numeric, budget.IsSpent ? "The two take more work to compare than an answer may." : "The two could be evaluated at too few points to compare them.");
    }

    /// <returns>Null where either is no rational function.</returns>
    private Comparison? ByResidues(Expression reference, Expression answer)
    {
        var compared = 0;
        foreach (var field in PrimeField.Two)
        {
            for (var round = 0; round < ModularRounds; round++)
            {
                var place = round;
                var evaluator = new ModularEvaluator(field, variable => points.Residue(variable, place, field), budget);
                if (evaluator.Evaluate(reference) is not { } expected)
                    return null;
                if (evaluator.Evaluate(answer) is not { } given)
                    return null;
                if (expected != given)
                    return Comparison.Different(Modular, "The answer is another rational function: its value differs at a random point.");

                compared++;
            }
        }

        return compared == 0 ? null : Comparison.Same(Modular, "The answer equals the reference at random points modulo two large primes.");
    }

    /// <returns>Null where either is no real number.</returns>
    private Comparison? Near(Expression reference, Expression answer)
    {
        var evaluator = new BallEvaluator(_ => ComplexBall.Undefined, budget);
        var (expected, given) = (evaluator.Evaluate(reference), evaluator.Evaluate(answer));
        if (!expected.IsDefined || !expected.IsReal || !given.IsDefined || !given.IsReal)
            return null;

        var allowed = policy.AbsoluteTolerance + (policy.RelativeTolerance * Math.Abs(expected.Real.ToDouble()));
        return Math.Abs((expected.Real - given.Real).ToDouble()) <= allowed
            ? Comparison.Same(Tolerance, "The answer is within the tolerance.")
            : Comparison.Different(Tolerance, "The answer is outside the tolerance.");
    }

    private static bool IsPlainLog(Expression expression) => expression.Contains(node => node.Is(Operator.Call, "log") && node.Parts.Length == 1);

    /// <summary>The same with natural logarithms where no base stands.</summary>
    private static Expression Natural(Expression node)
    {
        var name = node.Is(Operator.Call, "log") && node.Parts.Length == 1 ? "ln" : node.Name;
        return node.Parts.IsEmpty ? node : node with { Name = name, Parts = [.. node.Parts.Select(Natural)] };
    }

    private static bool IsInfinite(Expression expression) => expression.Contains(node => node.Is(Operator.Constant, "∞"));
}
