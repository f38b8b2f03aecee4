using System.Numerics;
using SeedOrleans.Engine.Rewards.Mathematics.Numerics;

namespace SeedOrleans.Engine.Rewards.Mathematics.Expressions;

/// <summary>Evaluates rational functions at a point of a prime field; null where an expression is none, or divides by 0 there.</summary>
/// <remarks>
/// Two different rational functions of degree d agree at a random point with a chance of about d / 2^62 (Schwartz, J. ACM 27, 1980; Zippel,
/// EUROSAM 1979). π and e count as variables: no polynomial with rational coefficients has either for a root.
/// </remarks>
/// <param name="point">A residue for each variable, and for π and e.</param>
internal sealed class ModularEvaluator(PrimeField field, Func<string, ulong> point, WorkBudget budget)
{
    private readonly ExactEvaluator _exact = new(budget);
    private readonly Dictionary<string, ulong> _bound = [];

    public ulong? Evaluate(Expression node)
    {
        if (!budget.TrySpend(1))
            return null;

        return node.Operator switch
        {
            Operator.Number => Of(node.Value),
            Operator.Variable => _bound.TryGetValue(node.Name, out var bound) ? bound : point(node.Name),
            Operator.Constant => node.Name switch { "i" => field.RootOfMinusOne, "∞" => null, _ => point(node.Name) },
            Operator.Sum => Fold(node, 0, field.Add),
            Operator.Product => Fold(node, 1, field.Multiply),
            Operator.Negation => Evaluate(node[0]) is { } part ? field.Negate(part) : null,
            Operator.Quotient => Evaluate(node[0]) is { } a && Evaluate(node[1]) is { } b ? Divide(a, b) : null,
            Operator.Power => Power(node),
            Operator.Percent => Evaluate(node[0]) is { } part ? Divide(part, 100) : null,
            Operator.Application when node.Parts.Length == 1 => Evaluate(node[0]) is { } argument ? field.Multiply(point(node.Name), argument) : null,
            Operator.Call or Operator.BaseNumber or Operator.Root => _exact.Evaluate(node) is { } value ? Of(value) : null,
            Operator.Series => Series(node),
            _ => null,
        };
    }

    private ulong? Of(ExactNumber value) =>
        value.IsInteger ? field.Of(value.Numerator) : Divide(field.Of(value.Numerator), field.Of(value.Denominator));

    private ulong? Divide(ulong a, ulong b) => b != 0 && budget.TrySpend(4) ? field.Multiply(a, field.Invert(b)) : null;

    private ulong? Fold(Expression node, ulong start, Func<ulong, ulong, ulong> join)
    {
        var total = start;
        foreach (var part in node.Parts)
        {
            if (Evaluate(part) is not { } value)
                return null;

            total = join(total, value);
        }

        return total;
    }

    private ulong? Power(Expression node)
    {
        if (_exact.Evaluate(node[1]) is not { IsInteger: true } exponent || Evaluate(node[0]) is not { } @base || !budget.TrySpend(4))
            return null;
        if (@base == 0)
            return exponent.Sign > 0 ? 0 : null;

        var power = field.Power(@base, BigInteger.Abs(exponent.Numerator));
        return exponent.Sign < 0 ? field.Invert(power) : power;
    }

    private ulong? Series(Expression node)
    {
        if (_exact.Bounds(node) is not var (first, last) || _bound.ContainsKey(node[0].Name))
            return null;

        var total = node.Name == "sum" ? 0UL : 1UL;
        for (var k = first; k <= last; k++)
        {
            _bound[node[0].Name] = field.Of(k);
            var term = Evaluate(node[3]);
            _bound.Remove(node[0].Name);
            if (term is not { } value)
                return null;

            total = node.Name == "sum" ? field.Add(total, value) : field.Multiply(total, value);
        }

        return total;
    }
}
