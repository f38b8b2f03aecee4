using SeedOrleans.Engine.Rewards.Mathematics.Expressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Equality;

/// <summary>Compares two answers by what they are: words, sets, lists, tuples, matrices, relations, ratios, quantities, values.</summary>
internal sealed class AnswerComparer
{
    private readonly MathematicsPolicy _policy;
    private readonly WorkBudget _budget;
    private readonly ValueEquality _values;
    private readonly WorkedOut _workedOut;
    private readonly RelationComparer _relations;
    private readonly CollectionComparer _collections;
    private readonly QuantityComparer _quantities;
    private readonly RealSetComparer _sets;
    private readonly QuestionHints _hints;

    public AnswerComparer(MathematicsPolicy policy, QuestionHints hints, RandomPoints points, WorkBudget budget)
    {
        (_policy, _budget, _hints) = (policy, budget, hints);
        _values = new ValueEquality(policy, points, budget);
        _workedOut = new WorkedOut(policy.Form, budget);
        _relations = new RelationComparer(Compare, Equal, new RelationEquality(points, budget), policy.Form != AnswerForm.Any);
        _collections = new CollectionComparer(policy.Order, Compare);
        _quantities = new QuantityComparer(policy, hints, CompareValues);
        _sets = new RealSetComparer(budget, CompareValues);
    }

    public Comparison Compare(Expression reference, Expression answer)
    {
        if (_relations.Settle(reference) is not { } expected)
            return Comparison.Unknown(RelationComparer.Rule, "The reference is a chain of equations that does not hold.");
        if (_relations.Settle(answer) is not { } given)
            return Comparison.Different(RelationComparer.Rule, "The answer is a chain of equations that does not hold.");

        var (family, other) = (IntegerFamily.Of(expected), IntegerFamily.Of(given));
        if (family is not null || other is not null)
            return IntegerFamily.Soften(Compare(family?.Against(other) ?? expected, other?.Against(family) ?? given));

        (expected, given) = (AnswerShape.Of(expected), AnswerShape.Of(given));
        return (expected.Operator, given.Operator) switch
        {
            (Operator.Words, _) or (_, Operator.Words) => WordComparer.Compare(expected, given),
            (Operator.BaseNumber, _) or (_, Operator.BaseNumber) => BaseComparer.Compare(expected, given, _hints.AsksForBase, Equal),
            _ when _sets.TryCompare(expected, given) is { } compared => compared,
            (Operator.Relation, not Operator.Relation) or (not Operator.Relation, Operator.Relation) => _relations.Compare(expected, given),
            (Operator.List or Operator.Set, _) or (_, Operator.List or Operator.Set) => _collections.CompareUnordered(expected, given),
            (Operator.Tuple or Operator.Matrix, _) or (_, Operator.Tuple or Operator.Matrix) => _collections.CompareOrdered(expected, given),
            (Operator.Relation, Operator.Relation) => _relations.Compare(expected, given),
            (Operator.Ratio, _) or (_, Operator.Ratio) => RatioComparer.Compare(expected, given, _policy.Form, Equal),
            (Operator.NamedSet, _) or (_, Operator.NamedSet) => NamedSets(expected, given),
            _ => _quantities.Compare(expected, given),
        };
    }

    private static Comparison NamedSets(Expression reference, Expression answer) => reference.Is(answer.Operator, answer.Name)
        ? Comparison.Same(CollectionComparer.SetRule, "The answer is the same set of numbers.")
        : Comparison.Different(CollectionComparer.SetRule, "The answer is another set.");

    /// <summary>Equal in value, in whatever form.</summary>
    private Comparison Equal(Expression reference, Expression answer) => _values.Compare(reference, answer);

    /// <summary>Equal in value, and worked out.</summary>
    private Comparison CompareValues(Expression reference, Expression answer)
    {
        var equal = Equal(reference, answer);
        if (!equal.IsSame)
            return !equal.IsDifferent && equal.Rule != QuantityComparer.UnitRule && _workedOut.IsHopeless(reference, answer)
                ? Comparison.Different(WorkedOut.Rule, "The answer is not worked out to a number, as the reference is.")
                : equal;
        if (_workedOut.Complaint(reference, answer) is { } complaint)
            return Comparison.Different(WorkedOut.Rule, complaint);

        return _budget.IsSpent ? Comparison.Unknown(WorkedOut.Rule, "The answer takes more work to check than an answer may.") : equal;
    }
}
