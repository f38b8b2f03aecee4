using System.Collections.Immutable;

namespace SeedOrleans.Engine.Rewards.Mathematics.Expressions;

/// <summary>A node of an answer as it was written: nothing is worked out yet.</summary>
/// <param name="Name">What the <see cref="Operator"/> says it is; else empty.</param>
/// <param name="Value">Of a number; the base of a <see cref="Operator.BaseNumber"/>.</param>
internal sealed record Expression(Operator Operator, ImmutableArray<Expression> Parts, string Name = "", ExactNumber Value = default)
{
    /// <summary>What a parser returns once it has failed.</summary>
    public static readonly Expression Nothing = Words("");

    public static readonly Expression Infinity = new(Operator.Constant, [], "∞");

    public static readonly Expression RealNumbers = new(Operator.NamedSet, [], "ℝ");

    public Expression this[int part] => Parts[part];

    public static Expression Number(ExactNumber value, string written = "") => new(Operator.Number, [], written, value);

    public static Expression Constant(string name) => new(Operator.Constant, [], name);

    public static Expression Variable(string name) => new(Operator.Variable, [], name);

    public static Expression Words(string words) => new(Operator.Words, [], words);

    public static Expression Of(Operator @operator, params ImmutableArray<Expression> parts) => new(@operator, parts);

    public static Expression Named(Operator @operator, string name, params ImmutableArray<Expression> parts) => new(@operator, parts, name);

    public bool Is(Operator @operator) => Operator == @operator;

    public bool Is(Operator @operator, string name) => Operator == @operator && Name == name;

    /// <summary>Counts levels without recursion, since everything else may recurse only where there are few.</summary>
    public bool IsDeeperThan(int levels)
    {
        var open = new Stack<(Expression Node, int Level)>([(this, 1)]);
        while (open.TryPop(out var next))
        {
            if (next.Level > levels)
                return true;

            foreach (var part in next.Node.Parts)
                open.Push((part, next.Level + 1));
        }

        return false;
    }

    /// <returns>Whether any node is what <paramref name="predicate"/> looks for.</returns>
    public bool Contains(Func<Expression, bool> predicate)
    {
        if (predicate(this))
            return true;

        foreach (var part in Parts)
        {
            if (part.Contains(predicate))
                return true;
        }

        return false;
    }

    public bool Contains(Operator @operator) => Contains(node => node.Operator == @operator);

    /// <summary>Names of variables that no sum binds, in alphabetical order.</summary>
    public ImmutableSortedSet<string> FreeVariables()
    {
        var free = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        Collect(this, [], free);
        return free.ToImmutable();
    }

    private static void Collect(Expression node, ImmutableHashSet<string> bound, ImmutableSortedSet<string>.Builder free)
    {
        if (node.Is(Operator.Variable) && !bound.Contains(node.Name))
            free.Add(node.Name);
        else if (node.Is(Operator.Application))
            free.Add(node.Name);

        var inner = node.Operator is Operator.Series or Operator.SetBuilder ? bound.Add(node[0].Name) : bound;
        foreach (var part in node.Parts)
            Collect(part, inner, free);
    }
}
