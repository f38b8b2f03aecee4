using System.Globalization;

namespace SeedOrleans.Engine.Rewards.Judges.Endpoints;

/// <summary>A call was not made because it might have cost more than is left.</summary>
public sealed class SpendCapReachedException(double cap, double spent, double needed) : JudgeFailedException(string.Create(
    CultureInfo.InvariantCulture,
    $"The judge has spent {spent:0.######} of at most {cap:0.######}, and a call may cost {needed:0.######}; raise spend_cap, or lower max_tokens."))
{
    public double Cap { get; } = cap;

    public double Spent { get; } = spent;

    /// <summary>The most that the call could have cost.</summary>
    public double Needed { get; } = needed;
}
