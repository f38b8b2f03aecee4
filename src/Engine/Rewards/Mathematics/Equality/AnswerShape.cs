using System.Collections.Immutable;
using SeedOrleans.Engine.Rewards.Mathematics.Expressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Equality;

/// <summary>Brings an answer to the shape in which answers are compared: ± written out, lists flat, signs inside quantities.</summary>
internal static class AnswerShape
{
    public static Expression Of(Expression answer) => answer switch
    {
        { Operator: Operator.List } => Listed(answer),
        { Operator: Operator.Set } when answer.Contains(Operator.PlusMinus) => answer with { Parts = [.. answer.Parts.SelectMany(part => Substitution.Signs(part))] },
        { Operator: Operator.Negation, Parts: [{ Operator: Operator.Quantity or Operator.Percent } inner] } =>
            inner with { Parts = [Expression.Of(Operator.Negation, inner[0])] },
        { Operator: Operator.Quantity, Name: "radians" or "radian" or "rad" or "rads" } => answer[0],
        { Operator: Operator.Product, Parts: [{ Operator: Operator.Variable }, { Operator: Operator.Tuple } point] } => point,
        { Operator: Operator.Tuple, Name: "[]" } when answer.Parts.All(row => row.Is(Operator.Tuple, "[]") && row.Parts.Length == answer[0].Parts.Length) =>
            answer with { Operator = Operator.Matrix, Name = "" },
        _ when Substitution.Signs(answer) is { Length: > 1 } signs => Expression.Named(Operator.List, ",", signs),
        _ => answer,
    };

    /// <summary>x = 2, 3 lists values of x; x = 2 or x = 3 does too.</summary>
    private static Expression Listed(Expression list)
    {
        var parts = list.Parts.SelectMany(part => Substitution.Signs(part)).ToImmutableArray();
        if (NameIn(parts[0]) is { } name && parts.Skip(1).All(part => !part.Is(Operator.Relation) || NameIn(part) == name))
            parts = [.. parts.Select(part => part.Is(Operator.Relation) ? part[1] : part)];

        return list with { Parts = parts };
    }

    /// <returns>x of x = …; null for anything else.</returns>
    private static string? NameIn(Expression part) =>
        part is { Operator: Operator.Relation, Name: "=", Parts: [{ Operator: Operator.Variable } name, _] } ? name.Name : null;
}
