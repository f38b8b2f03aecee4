using System.Collections.Immutable;
using System.Numerics;
using SeedOrleans.Engine.Rewards.Mathematics.Numerics;

namespace SeedOrleans.Engine.Rewards.Mathematics.Expressions;

/// <summary>Evaluates an expression at a point to some 70 digits; undefined outside its domain, or out of bounds.</summary>
/// <param name="point">A value for each variable.</param>
/// <param name="staysReal">Whether the real numbers are the domain, so that √x ends at 0.</param>
internal sealed class BallEvaluator(Func<string, ComplexBall> point, WorkBudget budget, bool staysReal = false)
{
    /// <summary>Of a function that is a series, in units of work.</summary>
    private const int SeriesCost = 60;

    private readonly ExactEvaluator _exact = new(budget);
    private readonly Dictionary<string, ComplexBall> _bound = [];

    private static ComplexBall Undefined => ComplexBall.Undefined;

    public ComplexBall Evaluate(Expression node)
    {
        if (!budget.TrySpend(2))
            return Undefined;

        var value = Work(node);
        return staysReal && !value.IsReal ? Undefined : value;
    }

    private ComplexBall Work(Expression node) => node.Operator switch
    {
        Operator.Number => Ball.Of(node.Value),
        Operator.Variable => _bound.TryGetValue(node.Name, out var bound) ? bound : point(node.Name),
        Operator.Constant => Constant(node.Name),
        Operator.Sum => Fold(node, Ball.Zero, (a, b) => a + b),
        Operator.Product => Fold(node, Ball.One, (a, b) => a * b),
        Operator.Negation => -Evaluate(node[0]),
        Operator.Quotient => Evaluate(node[0]) / Evaluate(node[1]),
        Operator.Power => Power(node[0], node[1]),
        Operator.Root => Root(node[0], node[1]),
        Operator.Percent => Evaluate(node[0]) / Ball.Exactly(100),
        Operator.Quantity when node.Name == "°" => Evaluate(node[0]) * Elementary.Pi / Ball.Exactly(180),
        Operator.Application when node.Parts.Length == 1 => Evaluate(Expression.Variable(node.Name)) * Evaluate(node[0]),
        Operator.Call => Call(node),
        Operator.Series => Series(node),
        _ => _exact.Evaluate(node) is { } value ? Ball.Of(value) : Undefined,
    };

    private static ComplexBall Constant(string name) => name switch
    {
        "π" => Elementary.Pi,
        "e" => Elementary.Exp(Ball.One),
        "i" => ComplexBall.I,
        _ => Undefined,
    };

    private ComplexBall Fold(Expression node, Ball start, Func<ComplexBall, ComplexBall, ComplexBall> join)
    {
        ComplexBall total = start;
        foreach (var part in node.Parts)
            total = join(total, Evaluate(part));

        return total;
    }

    private ComplexBall Power(Expression @base, Expression exponent)
    {
        if (_exact.Evaluate(exponent) is { } number)
            return Power(Evaluate(@base), number);
        if (@base.Is(Operator.Constant, "e"))
            return Pay() ? Evaluate(exponent).Exp() : Undefined;

        var (value, power) = (Evaluate(@base), Evaluate(exponent));
        // A point that is a whole number makes (−1)^n what it is for sequences.
        return power.IsReal && power.Real is { IsDefined: true, Radius: Ball.NoError } real && Ball.Exactly(real.ToFixed(0)) == real
            ? Power(value, real.ToFixed(0))
            : Pay() && Pay() ? value.Power(power) : Undefined;
    }

    private ComplexBall Power(ComplexBall value, ExactNumber exponent)
    {
        if (!Pay() || BigInteger.Abs(exponent.Numerator) > 1 << 20)
            return Undefined;

        return exponent.IsInteger ? value.Power((int)exponent.Numerator) : value.Power(exponent.Numerator, exponent.Denominator);
    }

    private ComplexBall Root(Expression radicand, Expression degree) =>
        _exact.Evaluate(degree) is { IsInteger: true, Sign: 1 } number
            ? number == ExactNumber.One ? Evaluate(radicand) : Power(Evaluate(radicand), ExactNumber.One / number)
            : Undefined;

    private ComplexBall Call(Expression node)
    {
        if (node.Name is "factorial" or "binomial" or "gcd" or "lcm")
            return _exact.Evaluate(Concrete(node)) is { } value ? Ball.Of(value) : Undefined;

        var arguments = node.Parts.Select(Evaluate).ToImmutableArray();
        return Pay() && arguments.All(argument => argument.IsDefined) ? ElementaryCalls.Of(node.Name, arguments) : Undefined;
    }

    /// <summary>Counting functions are known of whole numbers only: variables are replaced by theirs, where the point is one.</summary>
    private Expression Concrete(Expression node)
    {
        if (node.Is(Operator.Variable))
        {
            var value = Evaluate(node);
            return value.IsReal && value.Real is { Radius: Ball.NoError } real && Ball.Exactly(real.ToFixed(0)) == real ? Expression.Number(real.ToFixed(0)) : node;
        }

        return node with { Parts = [.. node.Parts.Select(Concrete)] };
    }

    private ComplexBall Series(Expression node)
    {
        if (_exact.Bounds(Concrete(node)) is not var (first, last) || _bound.ContainsKey(node[0].Name))
            return Undefined;

        ComplexBall total = node.Name == "sum" ? Ball.Zero : Ball.One;
        for (var k = first; k <= last; k++)
        {
            _bound[node[0].Name] = Ball.Exactly(k);
            var term = Evaluate(node[3]);
            _bound.Remove(node[0].Name);
            if (!term.IsDefined)
                return Undefined;

            total = node.Name == "sum" ? total + term : total * term;
        }

        return total;
    }

    private bool Pay() => budget.TrySpend(SeriesCost);
}
