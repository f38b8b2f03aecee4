using System.Collections.Frozen;
using SeedOrleans.Engine.Rewards.Mathematics.Expressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Equality;

/// <summary>Compares values that may have a unit or a percent sign.</summary>
/// <param name="values">Compares what is left without them.</param>
internal sealed class QuantityComparer(MathematicsPolicy policy, QuestionHints hints, Func<Expression, Expression, Comparison> values)
{
    public const string UnitRule = "unit", PercentRule = "percent";

    private const string Degrees = "°";

    /// <summary>Words that make a sentence of a number, and may take it back.</summary>
    private static readonly FrozenSet<string> SayMore =
        FrozenSet.ToFrozenSet(["is", "isn't", "not", "no", "never", "wrong", "false", "incorrect", "or", "nor", "but", "if", "unless", "except", "maybe", "than", "was"], StringComparer.OrdinalIgnoreCase);

    public Comparison Compare(Expression reference, Expression answer)
    {
        if (reference.Is(Operator.Percent) || answer.Is(Operator.Percent))
            return Percents(reference, answer);
        if (!reference.Is(Operator.Quantity) && !answer.Is(Operator.Quantity))
            return values(reference, answer);

        return Quantities(reference, answer);
    }

    private Comparison Percents(Expression reference, Expression answer)
    {
        if (reference.Is(Operator.Percent) && answer.Is(Operator.Percent))
            return values(reference[0], answer[0]) is { IsSame: true } same ? same with { Rule = PercentRule } : values(reference[0], answer[0]);

        var (inner, other) = reference.Is(Operator.Percent) ? (reference[0], Bare(answer)) : (Bare(reference), answer.Is(Operator.Percent) ? answer[0] : answer);
        if (policy.Percent == PercentReading.Loose || (policy.Percent == PercentReading.Value && hints.AsksForPercent))
        {
            var signless = values(inner, other);
            if (signless.IsSame)
                return signless with { Rule = PercentRule };
        }

        return policy.Percent == PercentReading.Notation
            ? Comparison.Different(PercentRule, "Only one of the two is in percent.")
            : values(Bare(reference), Bare(answer));
    }

    private Comparison Quantities(Expression reference, Expression answer)
    {
        var (expected, given) = (Unit(reference), Unit(answer));
        if (expected is null && given is null)
            return values(Bare(reference), Bare(answer));
        if (given is null && policy.UnitsRequired)
            return Comparison.Different(UnitRule, "The answer lacks its unit.");
        if (expected is null && answer.Name.Split(' ').Any(SayMore.Contains))
            return Comparison.Unknown(UnitRule, "The words after the number are no unit.");
        if (expected is null || given is null)
            return Angle(reference, answer) ?? values(Bare(reference), Bare(answer));
        if (expected.Dimension != given.Dimension)
            return expected.IsKnown && given.IsKnown
                ? Comparison.Different(UnitRule, "The answer has a unit of another dimension.")
                : Comparison.Unknown(UnitRule, "The answer has words after its number that the reference has not.");
        if (expected.Factor == given.Factor)
            return values(Bare(reference), Bare(answer));

        // The answer counts as what it is in the reference's unit; a literal stays one.
        var factor = given.Factor / expected.Factor;
        var converted = Bare(answer) is { Operator: Operator.Number } number
            ? Expression.Number(number.Value * factor)
            : Expression.Of(Operator.Product, Expression.Number(factor), Bare(answer));
        var equal = values(Bare(reference), converted);
        return equal.IsSame ? Comparison.Same(UnitRule, "The answer is the reference in another unit.") : equal;
    }

    /// <summary>Degrees beside a bare number are that many degrees, unless the number has π in it: then it is radians.</summary>
    private Comparison? Angle(Expression reference, Expression answer)
    {
        var (angle, bare) = reference.Is(Operator.Quantity, Degrees) ? (reference, answer) : (answer, reference);
        if (!angle.Is(Operator.Quantity, Degrees) || !HasPi(Bare(bare)) || HasPi(angle[0]))
            return null;

        var radians = Expression.Of(Operator.Quotient, Expression.Of(Operator.Product, angle[0], Expression.Constant("π")), Expression.Number(180));
        var equal = ReferenceEquals(angle, reference) ? values(Bare(bare), radians) : values(radians, Bare(bare));
        return equal.IsSame || equal.Rule == WorkedOut.Rule ? Comparison.Same(UnitRule, "The answer is the same angle, in radians against degrees.") : equal;
    }

    private static bool HasPi(Expression value) => value.Contains(node => node.Is(Operator.Constant, "π"));

    /// <returns>Null where there is no unit, or one that says nothing.</returns>
    private static UnitOfMeasure? Unit(Expression answer)
    {
        if (!answer.Is(Operator.Quantity))
            return null;

        var unit = Units.Read(answer.Name);
        return unit.Dimension.StartsWith("unit^", StringComparison.Ordinal) && !unit.Dimension.Contains(' ') ? null : unit;
    }

    private static Expression Bare(Expression answer) => answer.Is(Operator.Quantity) ? answer[0] : answer;
}
