using System.Collections.Immutable;
using SeedOrleans.Engine.Rewards.Mathematics.Expressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Equality;

/// <summary>Whether an answer is worked out as far as its reference, so that the question itself is no answer.</summary>
internal sealed class WorkedOut(AnswerForm form, WorkBudget budget)
{
    public const string Rule = "form";

    private static readonly ImmutableArray<ImmutableHashSet<string>> Families =
    [
        ["sin", "cos", "tan", "cot", "sec", "csc"], ["arcsin", "arccos", "arctan", "arccot"], ["ln", "log"], ["sinh", "cosh", "tanh"],
    ];

    private readonly ExactEvaluator _exact = new(budget);

    /// <returns>What is not worked out, in words; null where nothing is wrong.</returns>
    public string? Complaint(Expression reference, Expression answer)
    {
        if (form == AnswerForm.Any)
            return null;
        if (IsLiteral(reference, AnswerForm.Evaluated))
            return IsLiteral(answer, form) ? null
                : "The answer has the right value but is not worked out to a number" + (form == AnswerForm.LowestTerms ? " in lowest terms." : ".");
        if (reference.Contains(IsUnfinished))
            return null;
        if (answer.Contains(IsUnfinished))
            return "The answer has the right value but leaves arithmetic on numbers undone.";

        return Families.Any(family => answer.Contains(node => IsOf(family, node) && node.FreeVariables().IsEmpty) && !reference.Contains(node => IsOf(family, node)))
            ? "The answer has the right value but leaves a function of a number unevaluated."
            : answer.Contains(Operator.Series) && !reference.Contains(Operator.Series) ? "The answer has the right value but leaves a sum undone."
            : null;
    }

    /// <returns>Whether the answer cannot be accepted, whatever its value, because the reference is a number and it is none.</returns>
    public bool IsHopeless(Expression reference, Expression answer) =>
        form != AnswerForm.Any && IsLiteral(reference, AnswerForm.Evaluated) && !IsLiteral(answer, form);

    /// <summary>A number as one writes a result: 5, −2.5, 3/4, 1 3/4, 50 %, 3·10⁴, 12₈.</summary>
    private static bool IsLiteral(Expression node, AnswerForm form) => node switch
    {
        { Operator: Operator.Number or Operator.BaseNumber } => true,
        { Operator: Operator.Negation, Parts: [{ Operator: not Operator.Negation } part] } => IsLiteral(part, form),
        { Operator: Operator.Percent or Operator.Quantity, Parts: [var part] } => IsLiteral(part, form),
        { Operator: Operator.Quotient, Parts: [var top, var bottom] } =>
            !(top.Is(Operator.Negation) && bottom.Is(Operator.Negation)) && IsFraction(Unsigned(top), Unsigned(bottom), form),
        { Operator: Operator.Product, Parts: [{ Operator: Operator.Number } mantissa, { Operator: Operator.Power, Parts: [{ Operator: Operator.Number } ten, var exponent] }] } =>
            ten.Value == 10 && mantissa.Value >= ExactNumber.One && mantissa.Value < 10 && Unsigned(exponent) is { Operator: Operator.Number, Value.IsInteger: true },
        _ => false,
    };

    private static Expression Unsigned(Expression node) => node.Is(Operator.Negation) ? node[0] : node;

    private static bool IsFraction(Expression top, Expression bottom, AnswerForm form) =>
        top.Is(Operator.Number) && top.Value.IsInteger && bottom.Is(Operator.Number) && bottom.Value is { IsInteger: true, IsZero: false }
        && (form == AnswerForm.Evaluated || (bottom.Value > ExactNumber.One && (top.Value / bottom.Value).Denominator == bottom.Value.Numerator));

    /// <summary>Arithmetic whose result is a fraction, alone or between some of the parts of a sum or product.</summary>
    private bool IsUnfinished(Expression node) => node.Operator switch
    {
        Operator.Sum => node.Parts.Count(IsNumeric) > 1,
        Operator.Product => (node.Parts.Count(IsNumeric) > 1 && !IsLiteral(node, form)) || node.Parts.Count(IsComplex) > 1,
        Operator.Quotient when IsComplex(node[1]) => true,
        Operator.Power when IsComplex(node[0]) => true,
        Operator.Quotient or Operator.Power or Operator.Root or Operator.Call or Operator.Series => !IsLiteral(node, form) && IsNumeric(node),
        _ => false,
    };

    /// <summary>A number with i in it: products, powers and quotients by such are not worked out.</summary>
    private static bool IsComplex(Expression node) => node.FreeVariables().IsEmpty && node.Contains(part => part.Is(Operator.Constant, "i"));

    private bool IsNumeric(Expression node) => node.FreeVariables().IsEmpty && _exact.Evaluate(node) is not null;

    private static bool IsOf(ImmutableHashSet<string> family, Expression node) => node.Is(Operator.Call) && family.Contains(node.Name);
}
