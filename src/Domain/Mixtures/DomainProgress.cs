namespace SeedOrleans.Domain.Mixtures;

/// <summary>How much a run draws from a domain, and how well it does there.</summary>
[GenerateSerializer, Immutable, Alias("seed.domain-progress")]
public sealed record DomainProgress
{
    [Id(0)] public required string Name { get; init; }

    /// <summary>Share of the prompts as the spec writes it; all domains' sum to 1.</summary>
    [Id(1)] public required double Written { get; init; }

    /// <summary>Share of the prompts now; all domains' sum to 1.</summary>
    [Id(2)] public required double Weight { get; init; }

    /// <summary>Groups that steps passed.</summary>
    [Id(3)] public long Groups { get; init; }

    /// <summary>Moving average of the groups' pass rates over some groups.</summary>
    [Id(4)] public double PassRate { get; init; }

    /// <summary>The same over many groups.</summary>
    [Id(5)] public double SlowPassRate { get; init; }

    /// <summary>Moving average, as fast as <see cref="PassRate"/>, of which groups were neither all right nor all wrong.</summary>
    [Id(6)] public double Informative { get; init; }
}
