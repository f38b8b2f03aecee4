using System.Collections.Immutable;

namespace SeedOrleans.Engine.Rewards.Mathematics.Expressions;

/// <summary>
/// Brings an expression to a form in which order, grouping and notation no longer show: sums and products are flat and sorted, like
/// terms and powers are collected, quotients and roots are powers, numbers are worked out, bound variables are numbered.
/// </summary>
internal sealed class CanonicalForm(WorkBudget budget)
{
    private static readonly Expression MinusOne = Expression.Number(-1);

    private readonly ExactEvaluator _exact = new(budget);
    private int _binders;

    /// <returns>A text that is the same for equal forms; null where the budget was spent.</returns>
    public string? KeyOf(Expression expression)
    {
        var form = Of(expression);
        return budget.IsSpent ? null : ExpressionKey.Of(form);
    }

    private Expression Of(Expression node)
    {
        if (!budget.TrySpend(1))
            return node;

        switch (node.Operator)
        {
            case Operator.Number:
                return Expression.Number(node.Value);
            case Operator.Negation:
                return Product([MinusOne, Of(node[0])]);
            case Operator.Quotient:
                return Product([Of(node[0]), Power(Of(node[1]), MinusOne)]);
            case Operator.Percent:
                return Product([Expression.Number(ExactNumber.One / 100), Of(node[0])]);
            case Operator.Application when node.Parts.Length == 1:
                return Product([Expression.Variable(node.Name), Of(node[0])]);
            case Operator.Root when Of(node[1]) is { Operator: Operator.Number, Value.Sign: > 0 } degree:
                return Power(Of(node[0]), Expression.Number(ExactNumber.One / degree.Value));
            case Operator.Series:
                return Series(node);
        }

        ImmutableArray<Expression> parts = [.. node.Parts.Select(Of)];
        return node.Operator switch
        {
            Operator.Sum => Sum(parts),
            Operator.Product => Product(parts),
            Operator.Power => Power(parts[0], parts[1]),
            Operator.Set or Operator.List or Operator.Union or Operator.Intersection => node with { Parts = [.. parts.OrderBy(ExpressionKey.Of, StringComparer.Ordinal)] },
            _ => Folded(node with { Parts = parts }),
        };
    }

    /// <summary>A function of numbers that is a fraction becomes that fraction.</summary>
    private Expression Folded(Expression node) =>
        node.Operator is Operator.Call or Operator.BaseNumber && node.Parts.All(part => part.Is(Operator.Number)) && _exact.Evaluate(node) is { } value
            ? Expression.Number(value)
            : node;

    private Expression Series(Expression node)
    {
        var index = Expression.Variable($"#{_binders++}");
        var term = Of(Substitution.Apply(node[3], node[0].Name, index));
        _binders--;
        return node with { Parts = [index, Of(node[1]), Of(node[2]), term] };
    }

    private Expression Sum(ImmutableArray<Expression> parts)
    {
        var constant = ExactNumber.Zero;
        var terms = new SortedDictionary<string, (ExactNumber Coefficient, Expression Term)>(StringComparer.Ordinal);
        foreach (var part in parts.SelectMany(part => part.Is(Operator.Sum) ? part.Parts : [part]))
        {
            var (coefficient, term) = Split(part);
            if (term is null)
            {
                constant += coefficient;
                continue;
            }

            var key = ExpressionKey.Of(term);
            terms[key] = (terms.GetValueOrDefault(key).Term is null ? coefficient : terms[key].Coefficient + coefficient, term);
        }

        ImmutableArray<Expression> sum =
        [
            .. terms.Values.Where(entry => !entry.Coefficient.IsZero).Select(entry => Product([Expression.Number(entry.Coefficient), entry.Term])),
            .. constant.IsZero ? Enumerable.Empty<Expression>() : [Expression.Number(constant)],
        ];
        return sum.Length switch { 0 => Expression.Number(0), 1 => sum[0], _ => Expression.Of(Operator.Sum, sum) };
    }

    /// <returns>The number before a term, and the rest of it; null where it is a number alone.</returns>
    private static (ExactNumber Coefficient, Expression? Term) Split(Expression part) => part switch
    {
        { Operator: Operator.Number } => (part.Value, null),
        { Operator: Operator.Product, Parts: [{ Operator: Operator.Number } number, var rest] } => (number.Value, rest),
        { Operator: Operator.Product, Parts: [{ Operator: Operator.Number } number, .. var rest] } => (number.Value, Expression.Of(Operator.Product, rest)),
        _ => (ExactNumber.One, part),
    };

    private Expression Product(ImmutableArray<Expression> parts)
    {
        var coefficient = ExactNumber.One;
        var powers = new SortedDictionary<string, (ExactNumber Exponent, Expression Base)>(StringComparer.Ordinal);
        foreach (var part in parts.SelectMany(part => part.Is(Operator.Product) ? part.Parts : [part]))
        {
            if (part.Is(Operator.Number))
            {
                coefficient *= part.Value;
                continue;
            }

            var (@base, exponent) = part is { Operator: Operator.Power, Parts: [var inner, { Operator: Operator.Number } power] }
                ? (inner, power.Value)
                : (part, ExactNumber.One);
            var key = ExpressionKey.Of(@base);
            powers[key] = (powers.GetValueOrDefault(key).Base is null ? exponent : powers[key].Exponent + exponent, @base);
        }

        if (coefficient.IsZero || coefficient.Bits > 8192)
            return coefficient.IsZero ? Expression.Number(0) : Expression.Of(Operator.Product, parts);

        var factors = ImmutableArray.CreateBuilder<Expression>();
        foreach (var (exponent, @base) in powers.Values.Where(entry => !entry.Exponent.IsZero))
        {
            var power = exponent == ExactNumber.One ? @base : Power(@base, Expression.Number(exponent));
            if (power.Is(Operator.Number))
                coefficient *= power.Value;
            else
                factors.Add(power);
        }

        if (coefficient != ExactNumber.One || factors.Count == 0)
            factors.Insert(0, Expression.Number(coefficient));

        return factors.Count == 1 ? factors[0] : Expression.Of(Operator.Product, factors.DrainToImmutable());
    }

    private Expression Power(Expression @base, Expression exponent)
    {
        var power = Expression.Of(Operator.Power, @base, exponent);
        if (!exponent.Is(Operator.Number))
            return power;
        if (exponent.Value == ExactNumber.One)
            return @base;
        if (@base.Is(Operator.Number))
            return _exact.Evaluate(power) is { } value ? Expression.Number(value) : power;
        if (!exponent.Value.IsInteger)
            return power;

        // (ab)^n and (a^m)^n come apart for whole n only; for roots the sign of a would matter.
        return @base switch
        {
            { Operator: Operator.Product } => Product([.. @base.Parts.Select(part => Power(part, exponent))]),
            { Operator: Operator.Power, Parts: [var inner, { Operator: Operator.Number, Value.IsInteger: true } first] } =>
                Power(inner, Expression.Number(first.Value * exponent.Value)),
            _ => power,
        };
    }
}
