using System.Collections.Immutable;
using SeedOrleans.Engine.Rewards.Mathematics.Expressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Equality;

/// <summary>Compares what has a sign of relation: x = 5 with 5, f(x) = … with y = …, equations and inequalities with each other.</summary>
/// <param name="compare">Whole answers.</param>
/// <param name="equal">Values, in whatever form.</param>
/// <param name="mustBeSolved">Whether 2x + 1 = 7 is no answer to x = 3.</param>
internal sealed class RelationComparer(
    Func<Expression, Expression, Comparison> compare, Func<Expression, Expression, Comparison> equal, RelationEquality relations, bool mustBeSolved)
{
    public const string Rule = RelationEquality.Rule;

    /// <summary>Works chains down: of a = b = c the last counts if all are equal; what follows ≈ is rounded and does not count.</summary>
    /// <returns>Null where equal signs stand between numbers that differ.</returns>
    public Expression? Settle(Expression answer)
    {
        if (!answer.Is(Operator.Relation))
            return answer;

        var rounded = answer.Name.IndexOf('≈', StringComparison.Ordinal);
        if (rounded >= 0)
        {
            answer = rounded == 0 && answer[0].Is(Operator.Variable) ? answer with { Name = "=", Parts = answer.Parts[..2] }
                : rounded == 0 ? answer[0]
                : answer with { Name = answer.Name[..rounded], Parts = answer.Parts[..(rounded + 1)] };
        }

        if (!answer.Is(Operator.Relation) || answer.Name.AsSpan().ContainsAnyExcept('='))
            return answer;

        var first = IsName(answer[0]) ? 1 : 0;
        var sides = answer.Parts[first..];
        var isAssignment = first == 1 && !Mentions(answer.Parts[^1], answer[0]);
        if (first == 0 && IsLabel(answer[0]))
            (isAssignment, sides) = (true, answer.Parts[1..]);

        if (sides.Length == 1 || (!isAssignment && sides.Any(side => !side.FreeVariables().IsEmpty)))
            return answer;
        if (sides.Zip(sides.Skip(1)).Any(pair => !equal(pair.First, pair.Second).IsSame))
            return null;

        return isAssignment ? answer with { Name = "=", Parts = [answer[0], answer.Parts[^1]] } : answer.Parts[^1];
    }

    public Comparison Compare(Expression reference, Expression answer)
    {
        var (expected, given) = (Assignment(reference), Assignment(answer));
        if (!reference.Is(Operator.Relation) || !answer.Is(Operator.Relation))
            return reference.Is(Operator.Relation)
                ? Labelled(reference) is { } side ? compare(side, answer) : Comparison.Different(Rule, "The reference is a relation, and the answer is none.")
                : Labelled(answer) is { } value ? compare(reference, value) : Comparison.Different(Rule, "The answer is a relation, and the reference is none.");
        if (expected is { } left && given is { } right && Unified(left, right) is { } unified)
            return compare(left.Value, unified);

        var (links, others) = (Links(reference), Links(answer));
        if (links.Length != others.Length)
            return Comparison.Different(Rule, "The answer has another number of relations.");

        if (links.Length > 1)
            return Matched(links, others);

        var relation = relations.Compare(reference, answer);
        return relation.IsSame && mustBeSolved && IsSolved(reference) && !IsSolved(answer)
            ? Comparison.Different(WorkedOut.Rule, "The answer has the right solution but is not solved for it.")
            : relation;
    }

    /// <summary>A variable alone against a number.</summary>
    private static bool IsSolved(Expression relation) =>
        relation.Parts is [{ Operator: Operator.Variable }, var right] && right.FreeVariables().IsEmpty
        || relation.Parts is [var left, { Operator: Operator.Variable }] && left.FreeVariables().IsEmpty;

    /// <summary>Every link of one chain must be one of the other's.</summary>
    private Comparison Matched(ImmutableArray<Expression> links, ImmutableArray<Expression> others)
    {
        var unknown = (Comparison?)null;
        foreach (var link in links)
        {
            var pairs = others.Select(other => relations.Compare(link, other)).ToImmutableArray();
            if (pairs.All(pair => pair.IsDifferent))
                return pairs[0];
            if (!pairs.Any(pair => pair.IsSame))
                unknown ??= pairs.First(pair => !pair.IsDifferent);
        }

        return unknown ?? Comparison.Same(Rule, "The answer is the same chain of relations.");
    }

    /// <returns>What a name or a label is said to be; null for other relations.</returns>
    private static Expression? Labelled(Expression relation) =>
        Assignment(relation)?.Value
        ?? (relation is { Name: "=", Parts: [var label, var value] } && IsLabel(label) && value.FreeVariables().IsEmpty ? value : null);

    /// <returns>A name and what it is said to be, whichever side it stands on; null for other relations.</returns>
    private static (Expression Name, Expression Value)? Assignment(Expression relation) => relation switch
    {
        { Operator: Operator.Relation, Name: "=", Parts: [var name, var value] } when IsName(name) && !Mentions(value, name) => (name, value),
        { Operator: Operator.Relation, Name: "=", Parts: [var value, var name] } when IsName(name) && !Mentions(value, name) => (name, value),
        _ => null,
    };

    /// <returns>The answer's value in the reference's variables; null where the two name different things.</returns>
    private static Expression? Unified((Expression Name, Expression Value) expected, (Expression Name, Expression Value) given)
    {
        if (expected.Name.Operator == given.Name.Operator && !expected.Name.Is(Operator.Application))
            return ExpressionKey.Of(expected.Name) == ExpressionKey.Of(given.Name) ? given.Value : null;
        if (!expected.Name.Is(Operator.Application) || !given.Name.Is(Operator.Application))
            return given.Value;
        if (expected.Name.Name != given.Name.Name || expected.Name.Parts.Length != given.Name.Parts.Length)
            return null;

        // f(x) = x² and f(t) = t²: first to names that nobody has, so that f(x, y) and f(y, x) may swap.
        var value = given.Value;
        foreach (var (place, parameter) in given.Name.Parts.Index().Where(entry => entry.Item.Is(Operator.Variable)))
            value = Substitution.Apply(value, parameter.Name, Expression.Variable($"#{place}"));
        foreach (var (place, parameter) in expected.Name.Parts.Index())
            value = Substitution.Apply(value, $"#{place}", parameter);

        return value;
    }

    /// <summary>x, e for an eccentricity, f(x), f(3), (x, y).</summary>
    private static bool IsName(Expression side) => side.Operator switch
    {
        Operator.Variable => true,
        Operator.Constant => side.Name is "e" or "i",
        Operator.Application => side.Parts.All(part => part.Operator is Operator.Variable or Operator.Number),
        Operator.Tuple => side.Parts.All(part => part.Is(Operator.Variable)),
        _ => false,
    };

    /// <summary>m + n and AB, which a question may ask for as a whole.</summary>
    private static bool IsLabel(Expression side) => side.Operator switch
    {
        Operator.Sum => side.Parts.All(part => part.Is(Operator.Variable)),
        Operator.Product => side.Parts.All(part => part.Is(Operator.Variable) && char.IsAsciiLetterUpper(part.Name[0])),
        _ => IsName(side),
    };

    private static bool Mentions(Expression value, Expression name) => name.Is(Operator.Tuple)
        ? value.FreeVariables().Overlaps(name.FreeVariables())
        : value.FreeVariables().Contains(name.Name);

    private static ImmutableArray<Expression> Links(Expression chain) =>
        [.. chain.Name.Select((sign, place) => Expression.Named(Operator.Relation, sign.ToString(), chain[place], chain[place + 1]))];
}
