namespace SeedOrleans.Domain.Policies;

/// <summary>How many optimizer steps made these weights; 0 is the policy after its cold start.</summary>
[GenerateSerializer, Immutable, Alias("seed.policy-version")]
public readonly record struct PolicyVersion([property: Id(0)] int Step) : IComparable<PolicyVersion>
{
    public static readonly PolicyVersion Initial = new(0);

    public PolicyVersion Next() => new(Step + 1);

    /// <summary>How far this version lags behind <paramref name="newest"/>, in optimizer steps.</summary>
    public int StepsUntil(PolicyVersion newest) => newest.Step - Step;

    public int CompareTo(PolicyVersion other) => Step.CompareTo(other.Step);

    public static bool operator <(PolicyVersion left, PolicyVersion right) => left.Step < right.Step;

    public static bool operator >(PolicyVersion left, PolicyVersion right) => left.Step > right.Step;

    public static bool operator <=(PolicyVersion left, PolicyVersion right) => left.Step <= right.Step;

    public static bool operator >=(PolicyVersion left, PolicyVersion right) => left.Step >= right.Step;

    public override string ToString() => $"v{Step}";
}
