using SeedOrleans.Engine.Rewards.Mathematics.Expressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Equality;

/// <summary>A value for each whole number: π/2 + kπ, k ∈ ℤ. The name of the number does not matter.</summary>
internal sealed record IntegerFamily(Expression Value, string Index)
{
    private const string AnyIndex = "#k";

    /// <returns>Null where an answer is no such family.</returns>
    public static IntegerFamily? Of(Expression answer) =>
        answer is { Operator: Operator.List, Parts: [_, .., { Operator: Operator.Relation, Name: "∈", Parts: [{ Operator: Operator.Variable } index, { Operator: Operator.NamedSet }] }] }
            ? new IntegerFamily(answer.Parts.Length == 2 ? answer[0] : answer with { Parts = answer.Parts[..^1] }, index.Name)
            : null;

    /// <returns>The value in an index that both sides share, where both name one.</returns>
    public Expression Against(IntegerFamily? other) =>
        other is null ? Value : Substitution.Apply(Value, Index, Expression.Variable(AnyIndex));

    /// <summary>Families may be the same though they count from another member, which is not for a rule to say.</summary>
    public static Comparison Soften(Comparison comparison) => comparison.IsDifferent
        ? Comparison.Unknown(comparison.Rule, "The answer gives another formula for its members; the members may still be the same.")
        : comparison;
}
