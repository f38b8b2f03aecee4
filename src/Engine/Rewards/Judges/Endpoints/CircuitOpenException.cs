namespace SeedOrleans.Engine.Rewards.Judges.Endpoints;

/// <summary>Calls failed one after another, so that for a while none is made.</summary>
public sealed class CircuitOpenException(int failures, TimeSpan left) : JudgeFailedException(
    $"{failures} judgements failed one after another, with all their retries; none is tried for another {Math.Ceiling(left.TotalSeconds):0} s. See to the endpoint, then ask again.")
{
    /// <summary>Until one call is let through to see.</summary>
    public TimeSpan Left { get; } = left;
}
