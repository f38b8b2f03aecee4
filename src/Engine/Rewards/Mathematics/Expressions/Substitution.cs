using System.Collections.Immutable;

namespace SeedOrleans.Engine.Rewards.Mathematics.Expressions;

/// <summary>Puts expressions in the place of variables and of signs.</summary>
internal static class Substitution
{
    /// <summary>Replaces a variable wherever nothing binds it.</summary>
    public static Expression Apply(Expression node, string variable, Expression replacement)
    {
        if (node.Is(Operator.Variable, variable))
            return replacement;
        if (node.Operator is Operator.Series or Operator.SetBuilder && node[0].Name == variable)
            return node.Is(Operator.SetBuilder)
                ? node
                : node with { Parts = [node[0], Apply(node[1], variable, replacement), Apply(node[2], variable, replacement), node[3]] };

        return node.Parts.IsEmpty ? node : node with { Parts = [.. node.Parts.Select(part => Apply(part, variable, replacement))] };
    }

    /// <summary>What ± stands for: the expression with the upper signs and with the lower signs, all at once; itself where there is none.</summary>
    public static ImmutableArray<Expression> Signs(Expression node) =>
        node.Contains(Operator.PlusMinus) ? [WithSigns(node, upper: true), WithSigns(node, upper: false)] : [node];

    private static Expression WithSigns(Expression node, bool upper)
    {
        if (node.Parts.IsEmpty)
            return node;

        var parts = node.Parts.Select(part => WithSigns(part, upper)).ToImmutableArray();
        return !node.Is(Operator.PlusMinus) ? node with { Parts = parts }
            : (node.Name == "±") == upper ? parts[0]
            : Expression.Of(Operator.Negation, parts[0]);
    }
}
