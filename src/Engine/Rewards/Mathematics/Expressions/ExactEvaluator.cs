using System.Collections.Immutable;
using System.Numerics;
using SeedOrleans.Engine.Rewards.Mathematics.Numerics;

namespace SeedOrleans.Engine.Rewards.Mathematics.Expressions;

/// <summary>Works an expression out as an exact fraction; null where it is none, or one that is out of bounds.</summary>
internal sealed class ExactEvaluator(WorkBudget budget)
{
    /// <summary>Larger fractions are not worked out: 2466 decimal digits.</summary>
    private const int MaxBits = 8192;

    private const int MaxFactorial = 900, MaxTerms = 1000;

    private ImmutableDictionary<string, ExactNumber> _bound = [];

    public ExactNumber? Evaluate(Expression node)
    {
        if (!budget.TrySpend(1))
            return null;

        var value = node.Operator switch
        {
            Operator.Number => node.Value,
            Operator.BaseNumber => WholeNumbers.Digits(node.Name, node.Value.Numerator),
            Operator.Variable => _bound.TryGetValue(node.Name, out var bound) ? bound : null,
            Operator.Sum => Fold(node.Parts, ExactNumber.Zero, (a, b) => a + b),
            Operator.Product => Fold(node.Parts, ExactNumber.One, (a, b) => a * b),
            Operator.Negation => Evaluate(node[0]) is { } part ? -part : null,
            Operator.Quotient => Evaluate(node[0]) is { } a && Evaluate(node[1]) is { IsZero: false } b && Pay(a, b) ? a / b : null,
            Operator.Percent => Evaluate(node[0]) is { } part ? part / 100 : null,
            Operator.Power => Evaluate(node[0]) is { } @base && Evaluate(node[1]) is { } exponent ? Power(@base, exponent) : null,
            Operator.Root => Evaluate(node[0]) is { } radicand && Evaluate(node[1]) is { IsInteger: true, Sign: 1 } degree
                ? Power(radicand, ExactNumber.One / degree)
                : null,
            Operator.Call => Call(node),
            Operator.Series => Series(node),
            _ => (ExactNumber?)null,
        };

        return value?.Bits <= MaxBits ? value : null;
    }

    /// <returns>Null where it is not rational, or not in the real numbers.</returns>
    private ExactNumber? Power(ExactNumber @base, ExactNumber exponent)
    {
        if (exponent.IsInteger)
            return WholePower(@base, exponent.Numerator);
        if (exponent.Denominator > 64 || (@base.Sign < 0 && exponent.Denominator.IsEven))
            return null;

        var degree = (int)exponent.Denominator;
        var (top, bottom) = (WholeRoot(BigInteger.Abs(@base.Numerator), degree), WholeRoot(@base.Denominator, degree));
        return top is { } a && bottom is { } b ? WholePower(ExactNumber.Of(@base.Sign * a, b), exponent.Numerator) : null;
    }

    private BigInteger? WholeRoot(BigInteger number, int degree)
    {
        // A root takes some divisions of the number's size.
        if (!budget.TrySpendBits(8 * (long)number.GetBitLength()))
            return null;

        var root = Elementary.IntegerRoot(number, degree);
        return BigInteger.Pow(root, degree) == number ? root : null;
    }

    private ExactNumber? WholePower(ExactNumber @base, BigInteger exponent)
    {
        if (@base.IsZero)
            return exponent.Sign > 0 ? @base : null;

        var size = (double)BigInteger.Abs(exponent);
        if (size * Math.Max(1, @base.Bits - 2) > MaxBits && !(@base.IsInteger && BigInteger.Abs(@base.Numerator).IsOne))
            return null;
        if (!budget.TrySpendBits(MaxBits / 8))
            return null;

        var whole = (int)(BigInteger.Abs(@base.Numerator).IsOne && @base.IsInteger ? BigInteger.Abs(exponent) % 2 : BigInteger.Abs(exponent));
        var power = new ExactNumber(BigInteger.Pow(@base.Numerator, whole), BigInteger.Pow(@base.Denominator, whole));
        return exponent.Sign < 0 ? ExactNumber.One / power : power;
    }

    private ExactNumber? Call(Expression node)
    {
        if (node.Name is "factorial" or "binomial")
            return Counting(node);
        if (node.Name is not ("abs" or "floor" or "ceil" or "max" or "min" or "gcd" or "lcm"))
            return null;

        var values = ImmutableArray.CreateBuilder<ExactNumber>(node.Parts.Length);
        foreach (var part in node.Parts)
        {
            if (Evaluate(part) is not { } value)
                return null;

            values.Add(value);
        }

        return node.Name switch
        {
            "abs" => values[0].Sign < 0 ? -values[0] : values[0],
            "floor" => WholeNumbers.Floor(values[0]),
            "ceil" => -WholeNumbers.Floor(-values[0]),
            "max" => values.Max(),
            "min" => values.Min(),
            _ when !values.All(value => value.IsInteger) || !budget.TrySpendBits(MaxBits) => null,
            "gcd" => values.Aggregate(BigInteger.Zero, (gcd, value) => BigInteger.GreatestCommonDivisor(gcd, value.Numerator)),
            _ => WholeNumbers.Lcm(values),
        };
    }

    private ExactNumber? Counting(Expression node)
    {
        if (Evaluate(node[0]) is not { IsInteger: true, Sign: >= 0 } top || top.Numerator > 1_000_000_000)
            return null;

        var n = (int)top.Numerator;
        if (node.Name == "factorial")
            return n <= MaxFactorial && budget.TrySpend(n) ? WholeNumbers.Descending(n, n) : null;
        if (Evaluate(node[1]) is not { IsInteger: true, Sign: >= 0 } bottom)
            return null;
        if (bottom > top)
            return ExactNumber.Zero;

        var k = (int)BigInteger.Min(bottom.Numerator, n - bottom.Numerator);
        return k <= 250 && budget.TrySpend(2 * k) ? WholeNumbers.Descending(n, k) / WholeNumbers.Descending(k, k) : null;
    }

    private ExactNumber? Series(Expression node)
    {
        if (Bounds(node) is not var (first, last))
            return null;

        var outer = _bound;
        var total = node.Name == "sum" ? ExactNumber.Zero : ExactNumber.One;
        for (var k = first; k <= last; k++)
        {
            _bound = outer.SetItem(node[0].Name, k);
            var term = Evaluate(node[3]);
            _bound = outer;
            if (term is not { } value || !Pay(total, value))
                return null;

            total = node.Name == "sum" ? total + value : total * value;
            if (total.Bits > MaxBits)
                return null;
        }

        return total;
    }

    /// <returns>The first and last value of a sum's index; null where they are no numbers, or too far apart.</returns>
    public (int First, int Last)? Bounds(Expression series) =>
        Evaluate(series[1]) is { IsInteger: true } first && Evaluate(series[2]) is { IsInteger: true } last
        && BigInteger.Abs(first.Numerator) < int.MaxValue / 2 && BigInteger.Abs(last.Numerator) < int.MaxValue / 2 && last.Numerator - first.Numerator < MaxTerms
            ? ((int)first.Numerator, (int)last.Numerator)
            : null;

    private ExactNumber? Fold(ImmutableArray<Expression> parts, ExactNumber start, Func<ExactNumber, ExactNumber, ExactNumber> join)
    {
        var total = start;
        foreach (var part in parts)
        {
            if (Evaluate(part) is not { } value || !Pay(total, value))
                return null;

            total = join(total, value);
        }

        return total;
    }

    private bool Pay(ExactNumber a, ExactNumber b) => a.Bits + b.Bits < 256 || budget.TrySpendBits(a.Bits + b.Bits);
}
