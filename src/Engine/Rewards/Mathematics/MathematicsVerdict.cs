namespace SeedOrleans.Engine.Rewards.Mathematics;

/// <summary>What the verifier of mathematics found.</summary>
/// <param name="Rule">The rule that decided, by the name that docs/rewards.md gives it.</param>
/// <param name="Reason">In words.</param>
/// <param name="Extracted">The answer as the response gave it; empty where it gave none.</param>
public sealed record MathematicsVerdict(Outcome Outcome, string Rule, string Reason, string Extracted)
{
    /// <returns>The rule and the reason.</returns>
    public string Explain() => $"{Rule}: {Reason}";
}
