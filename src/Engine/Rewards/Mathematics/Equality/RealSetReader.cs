using System.Collections.Immutable;
using SeedOrleans.Engine.Rewards.Mathematics.Expressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Equality;

/// <summary>Reads a set of real numbers in any notation: intervals, unions, ℝ without points, inequalities, x ∈ …, {x | …}.</summary>
internal sealed class RealSetReader(WorkBudget budget)
{
    private const int MaxParts = 64;

    private readonly EndOrder _order = new(budget);

    /// <returns>Whether an answer is in a notation that can be nothing but a set of real numbers.</returns>
    public static bool IsUnmistakable(Expression answer) => answer switch
    {
        { Operator: Operator.Union or Operator.Intersection or Operator.Difference or Operator.SetBuilder } => true,
        { Operator: Operator.NamedSet, Name: "ℝ" } => true,
        { Operator: Operator.Tuple, Name: "(]" or "[)" } => true,
        { Operator: Operator.Relation, Name: "∈" } => true,
        { Operator: Operator.Relation } => IsInequality(answer) && answer.Parts.Any(part => part.Is(Operator.Variable) || IsAbsolute(part)),
        { Operator: Operator.List } => answer.Parts.Any(IsUnmistakable),
        _ => false,
    };

    /// <returns>Null where the answer is no set of real numbers whose ends are known.</returns>
    public RealSet? Read(Expression answer) => answer.Parts.Length > MaxParts ? null : answer.Operator switch
    {
        Operator.Tuple when answer.Parts.Length == 2 => RealSet.Union([new(answer[0], answer[1], answer.Name[0] == '[', answer.Name[1] == ']')], _order),
        Operator.Set => RealSet.Union(answer.Parts.Select(RealInterval.Point), _order),
        Operator.NamedSet when answer.Name == "ℝ" => RealSet.Everything,
        Operator.Union => Read(answer[0]) is { } a && Read(answer[1]) is { } b ? RealSet.Union([.. a.Intervals, .. b.Intervals], _order) : null,
        Operator.Intersection => Read(answer[0]) is { } a && Read(answer[1]) is { } b ? RealSet.Intersection(a, b, _order) : null,
        Operator.Difference => Read(answer[0]) is { } a && Read(answer[1]) is { } b ? RealSet.Intersection(a, b.Complement(), _order) : null,
        Operator.SetBuilder => Read(answer[1]),
        Operator.Relation when answer.Name == "∈" => answer[0].Is(Operator.Variable) ? Read(answer[1]) : null,
        Operator.Relation => Absolute(answer) ?? Chain(answer),
        Operator.List => Several(answer),
        _ => null,
    };

    /// <summary>The variable that an inequality or a membership speaks of; empty where it is a set without a name.</summary>
    public static string VariableOf(Expression answer) => answer.Operator switch
    {
        Operator.Relation => answer.Parts.Select(part => IsAbsolute(part) ? part[0] : part).FirstOrDefault(part => part.Is(Operator.Variable))?.Name ?? "",
        Operator.List => VariableOf(answer[0]),
        _ => "",
    };

    private static bool IsInequality(Expression relation) => relation.Name.AsSpan().ContainsAny("<>≤≥≠");

    /// <summary>x &lt; 2 or x &gt; 3, where "and" means both at once; a comma means "and" unless nothing fulfils both.</summary>
    private RealSet? Several(Expression list)
    {
        if (list.Parts.Select(VariableOf).Distinct().Count() > 1)
            return null;

        var sets = list.Parts.Select(Read).ToImmutableArray();
        if (sets.Contains(null))
            return null;
        var common = sets.Aggregate((a, b) => a is null ? null : RealSet.Intersection(a, b!, _order));
        return list.Name == "and" || (list.Name == "," && common?.Intervals.IsEmpty == false) ? common : RealSet.Union(sets.SelectMany(set => set!.Intervals), _order);
    }

    /// <summary>A variable between numbers: a &lt; x ≤ b, x ≠ 2.</summary>
    private RealSet? Chain(Expression relation)
    {
        var variable = relation.Parts.IndexOf(relation.Parts.FirstOrDefault(part => part.Is(Operator.Variable)) ?? Expression.Nothing);
        if (variable < 0 || relation.Parts.Where((_, place) => place != variable).Any(part => !part.FreeVariables().IsEmpty))
            return null;

        var set = RealSet.Everything;
        if (variable > 0 && relation.Parts.Length - 1 > variable && Sense(relation.Name[variable - 1]) != Sense(relation.Name[variable]))
            return null;

        for (var link = 0; link < relation.Name.Length; link++)
        {
            var (sign, number) = link == variable - 1 ? (Mirror(relation.Name[link]), relation[link])
                : link == variable ? (relation.Name[link], relation[link + 1])
                : ('?', relation[link]);
            if (Half(sign, number) is not { } half || RealSet.Intersection(set, half, _order) is not { } narrower)
                return null;

            set = narrower;
        }

        return set;
    }

    /// <summary>|x| &lt; c is −c &lt; x &lt; c, and |x| &gt; c is all the rest.</summary>
    private RealSet? Absolute(Expression relation)
    {
        if (relation.Parts.Length != 2 || !relation.Parts.Any(IsAbsolute))
            return null;

        var (sign, number) = IsAbsolute(relation[0]) ? (relation.Name[0], relation[1]) : (Mirror(relation.Name[0]), relation[0]);
        if (!number.FreeVariables().IsEmpty || sign is not ('<' or '≤' or '>' or '≥'))
            return null;

        // The ends of |x| ≥ c are outside of what it leaves out.
        var (isInside, closed) = (sign is '<' or '≤', sign is '≤' or '>');
        var inside = RealSet.Union([new(Expression.Of(Operator.Negation, number), number, closed, closed)], _order);
        return isInside ? inside : inside?.Complement();
    }

    private static bool IsAbsolute(Expression part) => part is { Operator: Operator.Call, Name: "abs", Parts: [{ Operator: Operator.Variable }] };

    private RealSet? Half(char sign, Expression number) => sign switch
    {
        '<' or '≤' => RealSet.Union([RealInterval.Below(number, sign == '≤')], _order),
        '>' or '≥' => RealSet.Union([RealInterval.Above(number, sign == '≥')], _order),
        '=' => RealSet.Union([RealInterval.Point(number)], _order),
        '≠' => RealSet.Union([RealInterval.Point(number)], _order)?.Complement(),
        _ => null,
    };

    private static char Mirror(char sign) => sign switch { '<' => '>', '>' => '<', '≤' => '≥', '≥' => '≤', _ => sign };

    private static int Sense(char sign) => sign switch { '<' or '≤' => -1, '>' or '≥' => 1, _ => 0 };
}
