using System.Collections.Immutable;
using SeedOrleans.Engine.Rewards.Mathematics.Expressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Equality;

/// <summary>Compares answers of several parts: lists and sets in any order, tuples and matrices part by part.</summary>
internal sealed class CollectionComparer(AnswerOrder order, Func<Expression, Expression, Comparison> compare)
{
    public const string SetRule = "set", ListRule = "list", TupleRule = "tuple", MatrixRule = "matrix";

    private const int MaxParts = 64;

    public Comparison CompareUnordered(Expression reference, Expression answer)
    {
        var rule = reference.Is(Operator.Set) || answer.Is(Operator.Set) ? SetRule : ListRule;
        if (reference.Is(Operator.Tuple) || answer.Is(Operator.Tuple))
            return TupleAndList(reference, answer);

        var (expected, given) = (Members(reference), Members(answer));
        if (expected.Length > MaxParts || given.Length > MaxParts)
            return expected.Length == given.Length
                ? Comparison.Unknown(rule, "The answer has too many parts.")
                : Comparison.Different(rule, "The answer has another number of parts.");
        if (rule == SetRule)
            return Both(Cover(expected, given, rule, reuse: true), () => Cover(given, expected, rule, reuse: true, swap: true));
        if (expected.Length == 1 && answer.Is(Operator.List, "or") && given.All(part => compare(reference, part).IsSame))
            return Comparison.Same(rule, "Every alternative in the answer is the reference.");
        if (expected.Length != given.Length)
            return Comparison.Different(rule, $"The answer has {given.Length} part{(given.Length == 1 ? "" : "s")}, the reference {expected.Length}.");

        return order == AnswerOrder.Lists ? PartByPart(expected, given, rule) : Cover(expected, given, rule, reuse: false);
    }

    public Comparison CompareOrdered(Expression reference, Expression answer)
    {
        if (reference.Is(Operator.Matrix) && answer.Is(Operator.Matrix))
            return reference.Parts.Length == answer.Parts.Length && reference[0].Parts.Length == answer[0].Parts.Length
                ? PartByPart(Cells(reference), Cells(answer), MatrixRule)
                : Comparison.Different(MatrixRule, "The answer has another number of rows or columns.");
        if (Vector(reference) is not { } expected || Vector(answer) is not { } given)
            return Comparison.Different(TupleRule, "Only one of the two has several parts in an order.");
        if (reference.Is(Operator.Tuple) && answer.Is(Operator.Tuple) && reference.Name != answer.Name)
            return Comparison.Different(TupleRule, "The answer has other brackets.");
        if (expected.Length != given.Length)
            return Comparison.Different(TupleRule, $"The answer has {given.Length} parts, the reference {expected.Length}.");

        return order == AnswerOrder.None && expected.Length <= MaxParts
            ? Cover(expected, given, TupleRule, reuse: false)
            : PartByPart(expected, given, TupleRule);
    }

    /// <summary>Brackets say that an order matters, and their absence does not say that it does not.</summary>
    private Comparison TupleAndList(Expression reference, Expression answer)
    {
        if (reference.Is(Operator.Set) || answer.Is(Operator.Set) || reference.Parts.Length != answer.Parts.Length || reference.Parts.Length > MaxParts)
            return Comparison.Different(TupleRule, "Only one of the two is a tuple.");

        var same = Cover(reference.Parts, answer.Parts, TupleRule, reuse: false);
        return same.IsSame ? Comparison.Unknown(TupleRule, "The parts are the same, but only one side has brackets that order them.") : same;
    }

    private Comparison PartByPart(ImmutableArray<Expression> expected, ImmutableArray<Expression> given, string rule)
    {
        var unknown = (Comparison?)null;
        for (var i = 0; i < expected.Length; i++)
        {
            var part = compare(expected[i], given[i]);
            if (part.IsDifferent)
                return part.Rule == WorkedOut.Rule ? part : Comparison.Different(rule, $"Part {i + 1} of the answer is wrong ({part.Rule}).");
            if (!part.IsSame)
                unknown ??= part;
        }

        return unknown ?? Comparison.Same(rule, "Every part of the answer is right, in the right place.");
    }

    /// <summary>Finds a partner for each; equality carries over, so the first that fits will do.</summary>
    /// <param name="swap">Whether the first collection is the answer's.</param>
    private Comparison Cover(ImmutableArray<Expression> these, ImmutableArray<Expression> those, string rule, bool reuse, bool swap = false)
    {
        var free = those.ToList();
        var unknown = (Comparison?)null;
        foreach (var item in these)
        {
            var found = -1;
            var (doubt, form) = ((Comparison?)null, (Comparison?)null);
            for (var i = 0; i < free.Count && found < 0; i++)
            {
                var pair = swap ? compare(free[i], item) : compare(item, free[i]);
                if (pair.IsSame)
                    found = i;
                else if (!pair.IsDifferent)
                    doubt = pair;
                else if (pair.Rule == WorkedOut.Rule)
                    form = pair;
            }

            if (found >= 0 && !reuse)
                free.RemoveAt(found);
            else if (found < 0 && doubt is null)
                return form ?? Comparison.Different(rule, swap ? "The answer has a part that the reference has not." : "The answer lacks a part of the reference.");

            if (found < 0)
                unknown ??= doubt;
        }

        return unknown ?? Comparison.Same(rule, "The parts of the answer are those of the reference.");
    }

    private static Comparison Both(Comparison first, Func<Comparison> second)
    {
        if (first.IsDifferent)
            return first;

        var other = second();
        return other.IsSame ? first : other;
    }

    private static ImmutableArray<Expression> Members(Expression answer) => answer.Operator is Operator.List or Operator.Set ? answer.Parts : [answer];

    private static ImmutableArray<Expression> Cells(Expression matrix) => [.. matrix.Parts.SelectMany(row => row.Parts)];

    /// <returns>The parts of a tuple, or of a matrix that is one row or one column; null for anything else.</returns>
    private static ImmutableArray<Expression>? Vector(Expression answer) => answer.Operator switch
    {
        Operator.Tuple => answer.Parts,
        Operator.Matrix when answer.Parts.Length == 1 || answer[0].Parts.Length == 1 => Cells(answer),
        _ => null,
    };
}
