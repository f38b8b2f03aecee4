namespace SeedOrleans.Domain.Specs;

/// <summary>How the domains' shares of the prompts follow what is learned; docs/data.md has the formula.</summary>
[GenerateSerializer, Immutable, Alias("seed.mixture-spec")]
public sealed record MixtureSpec
{
    /// <summary>Move weights toward the domains where the policy learns; false leaves them as written.</summary>
    [Id(0)] public bool Adapt { get; init; }

    /// <summary>A domain's share of the prompts never falls below this part of what is written.</summary>
    [Id(1)] public double Floor { get; init; } = 0.25;

    /// <summary>A domain's share of the prompts never rises above this many times what is written.</summary>
    [Id(2)] public double Ceiling { get; init; } = 4;

    /// <summary>The most that a domain's share of the prompts moves in one step.</summary>
    [Id(3)] public double Rate { get; init; } = 0.02;

    /// <summary>What the newest group counts for in the fast average of a domain's pass rate.</summary>
    [Id(4)] public double Fast { get; init; } = 0.05;

    /// <summary>What the newest group counts for in the slow average, which the fast one is held against.</summary>
    [Id(5)] public double Slow { get; init; } = 0.01;
}
