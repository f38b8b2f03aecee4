using SeedOrleans.Engine.Rewards.Mathematics;

namespace SeedOrleans.Engine.Rewards.Judges.Ladder;

/// <summary>How rule and judge share the work.</summary>
public sealed record LadderOptions
{
    /// <summary>The rule's.</summary>
    public MathematicsPolicy Policy { get; init; } = MathematicsPolicy.Default;

    /// <summary>Of the responses that the rule decides, the share that the judge sees as well; 0 to 1.</summary>
    public double AuditShare { get; init; }

    public ulong Seed { get; init; } = 1;
}
