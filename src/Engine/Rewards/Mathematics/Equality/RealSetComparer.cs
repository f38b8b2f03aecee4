using SeedOrleans.Engine.Rewards.Mathematics.Expressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Equality;

/// <summary>Compares sets of real numbers where at least one side can be nothing else.</summary>
internal sealed class RealSetComparer(WorkBudget budget, Func<Expression, Expression, Comparison> equal)
{
    public const string Rule = "interval";

    private readonly RealSetReader _reader = new(budget);

    /// <returns>Null where other rules have to decide.</returns>
    public Comparison? TryCompare(Expression reference, Expression answer)
    {
        if (!RealSetReader.IsUnmistakable(reference) && !RealSetReader.IsUnmistakable(answer))
            return null;
        if (_reader.Read(reference) is not { } expected || _reader.Read(answer) is not { } given)
            return IsUnreadable(reference) || IsUnreadable(answer) ? Symbolic(reference, answer) : null;

        var (name, other) = (RealSetReader.VariableOf(reference), RealSetReader.VariableOf(answer));
        if (name.Length > 0 && other.Length > 0 && name != other)
            return Comparison.Different(Rule, "The answer speaks of another variable.");
        if (expected.Intervals.Length != given.Intervals.Length)
            return Comparison.Different(Rule, "The answer is another set.");

        foreach (var (a, b) in expected.Intervals.Zip(given.Intervals))
        {
            if (a.HasLow != b.HasLow || a.HasHigh != b.HasHigh)
                return Comparison.Different(Rule, "An end of the answer is open that must be closed, or the other way round.");
            if (Ends(a, b) is { IsSame: false } difference)
                return difference with { Rule = Rule };
        }

        return Comparison.Same(Rule, "The answer is the same set of real numbers.");
    }

    private Comparison Ends(RealInterval a, RealInterval b)
    {
        var low = equal(a.Low, b.Low);
        return low.IsSame ? equal(a.High, b.High) : low;
    }

    private static bool IsUnreadable(Expression answer) => answer.Operator is Operator.Union or Operator.Intersection or Operator.Difference or Operator.SetBuilder;

    /// <summary>Sets whose ends have no known order, as with letters, are equal where they are written alike.</summary>
    private Comparison Symbolic(Expression reference, Expression answer) =>
        equal(reference, answer).IsSame
            ? Comparison.Same(Rule, "The answer is the same set, written alike.")
            : Comparison.Unknown(Rule, "The ends of the sets have no order that is known.");
}
