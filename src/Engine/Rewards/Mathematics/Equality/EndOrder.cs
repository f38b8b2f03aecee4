using SeedOrleans.Engine.Rewards.Mathematics.Expressions;
using SeedOrleans.Engine.Rewards.Mathematics.Numerics;

namespace SeedOrleans.Engine.Rewards.Mathematics.Equality;

/// <summary>Orders the ends of intervals, infinite ones too.</summary>
internal sealed class EndOrder(WorkBudget budget)
{
    private readonly BallEvaluator _evaluator = new(_ => ComplexBall.Undefined, budget);

    /// <returns>The sign of a − b; null where either is no real number that is known.</returns>
    public int? Compare(Expression a, Expression b)
    {
        var (left, right) = (Infinity(a), Infinity(b));
        if (left != 0 || right != 0)
            return left.CompareTo(right);

        return _evaluator.Evaluate(a) is { IsDefined: true, IsReal: true } x && _evaluator.Evaluate(b) is { IsDefined: true, IsReal: true } y
            ? BallComparison.Order(x.Real, y.Real)
            : null;
    }

    private static int Infinity(Expression end) =>
        end.Is(Operator.Constant, "∞") ? 1
        : end is { Operator: Operator.Negation, Parts: [{ Operator: Operator.Constant, Name: "∞" }] } ? -1
        : 0;
}
