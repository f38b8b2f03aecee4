using SeedOrleans.Engine.Rewards.Mathematics.Expressions;
using SeedOrleans.Engine.Rewards.Mathematics.Numerics;

namespace SeedOrleans.Engine.Rewards.Mathematics.Equality;

/// <summary>Decides whether two equations or inequalities differ by a constant factor only, sides swapped or not.</summary>
/// <remarks>With f and g for left side less right side: f(p)·g(q) = f(q)·g(p) at random points p and q.</remarks>
internal sealed class RelationEquality(RandomPoints points, WorkBudget budget)
{
    public const string Rule = "relation";

    private const int Rounds = 4;

    /// <param name="reference">Of two sides.</param>
    /// <param name="answer">Of two sides.</param>
    public Comparison Compare(Expression reference, Expression answer)
    {
        var ((sign, f), (other, g)) = (Normalize(reference), Normalize(answer));
        if (sign != other)
            return Comparison.Different(Rule, "The answer is a relation of another kind.");
        if (f.FreeVariables().IsEmpty || !f.FreeVariables().SetEquals(g.FreeVariables()))
            return Comparison.Different(Rule, "The answer relates other variables.");

        var isProportional = ByResidues(f, g) ?? ByDigits(f, g);
        return isProportional switch
        {
            null => Comparison.Unknown(Rule, "The two relations could not be evaluated at enough points."),
            true when sign is '<' or '≤' => Factor(f, g) switch
            {
                true => Comparison.Same(Rule, "The answer is the reference times a positive constant."),
                false => Comparison.Different(Rule, "The answer is the opposite inequality."),
                null => Comparison.Unknown(Rule, "The sign of the factor between the two inequalities is not known."),
            },
            true => Comparison.Same(Rule, "The answer is the reference times a constant."),
            false when IsPolynomial(f) && IsPolynomial(g) => Comparison.Different(Rule, "The answer is another relation."),
            false => Comparison.Unknown(Rule, "The answer is not the reference times a constant; the two may still have the same solutions."),
        };
    }

    private static (char Sign, Expression Difference) Normalize(Expression relation)
    {
        var sign = relation.Name[0];
        var swaps = sign is '>' or '≥';
        var (left, right) = swaps ? (relation[1], relation[0]) : (relation[0], relation[1]);
        return (sign switch { '>' => '<', '≥' => '≤', _ => sign }, Expression.Of(Operator.Sum, left, Expression.Of(Operator.Negation, right)));
    }

    private bool? ByResidues(Expression f, Expression g)
    {
        foreach (var field in PrimeField.Two)
        {
            (ulong F, ulong G)? first = null;
            for (var round = 0; round <= Rounds; round++)
            {
                var place = round;
                var evaluator = new ModularEvaluator(field, variable => points.Residue(variable, place, field), budget);
                if (evaluator.Evaluate(f) is not { } a || evaluator.Evaluate(g) is not { } b)
                    return null;
                if (a == 0 || b == 0)
                    return false;

                first ??= (a, b);
                if (field.Multiply(first.Value.F, b) != field.Multiply(first.Value.G, a))
                    return false;
            }
        }

        return true;
    }

    private bool? ByDigits(Expression f, Expression g)
    {
        (ComplexBall F, ComplexBall G)? first = null;
        var compared = 0;
        for (var round = 0; round < RandomPoints.RealRounds; round++)
        {
            var (a, b) = At(round, f, g);
            if (!a.IsDefined || !b.IsDefined)
                continue;

            first ??= (a, b);
            if (BallComparison.Of(first.Value.F * b, first.Value.G * a) is not { } equal)
                return null;
            if (!equal)
                return false;

            compared++;
        }

        return compared >= Rounds && first is { } pair && !pair.F.Abs().MayBeZero && !pair.G.Abs().MayBeZero ? true : null;
    }

    /// <returns>Whether f / g is positive; null where it is not known.</returns>
    private bool? Factor(Expression f, Expression g)
    {
        for (var round = 0; round < RandomPoints.RealRounds; round++)
        {
            var (a, b) = At(round, f, g);
            var product = a * b;
            if (product is { IsDefined: true, IsReal: true } && !product.Real.MayBeZero)
                return product.Real.IsPositive;
        }

        return null;
    }

    private (ComplexBall F, ComplexBall G) At(int round, Expression f, Expression g)
    {
        var evaluator = new BallEvaluator(variable => points.Real(variable, round), budget);
        return (evaluator.Evaluate(f), evaluator.Evaluate(g));
    }

    private static bool IsPolynomial(Expression expression) => !expression.Contains(node =>
        node.Operator is Operator.Call or Operator.Root or Operator.Series
        || (node.Is(Operator.Quotient) && !node[1].FreeVariables().IsEmpty)
        || (node.Is(Operator.Power) && !node[0].FreeVariables().IsEmpty && !node[1].Is(Operator.Number)));
}
