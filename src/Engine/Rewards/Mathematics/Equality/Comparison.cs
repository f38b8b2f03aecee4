namespace SeedOrleans.Engine.Rewards.Mathematics.Equality;

/// <summary>Whether two answers are equal, and by which rule.</summary>
internal readonly record struct Comparison(Outcome Outcome, string Rule, string Reason)
{
    public bool IsSame => Outcome == Outcome.Correct;

    public bool IsDifferent => Outcome == Outcome.Incorrect;

    public static Comparison Same(string rule, string reason) => new(Outcome.Correct, rule, reason);

    public static Comparison Different(string rule, string reason) => new(Outcome.Incorrect, rule, reason);

    public static Comparison Unknown(string rule, string reason) => new(Outcome.Abstained, rule, reason);
}
