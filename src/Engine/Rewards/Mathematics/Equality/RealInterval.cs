using SeedOrleans.Engine.Rewards.Mathematics.Expressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Equality;

/// <summary>The real numbers from one end to another; a single number where both ends are it.</summary>
internal sealed record RealInterval(Expression Low, Expression High, bool HasLow, bool HasHigh)
{
    public static readonly Expression MinusInfinity = Expression.Of(Operator.Negation, Expression.Infinity);

    public static readonly RealInterval Everything = new(MinusInfinity, Expression.Infinity, false, false);

    public static RealInterval Point(Expression number) => new(number, number, true, true);

    public static RealInterval Below(Expression high, bool closed) => new(MinusInfinity, high, false, closed);

    public static RealInterval Above(Expression low, bool closed) => new(low, Expression.Infinity, closed, false);
}
