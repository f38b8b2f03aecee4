using System.Collections.Immutable;

namespace SeedOrleans.Domain.Mixtures;

/// <summary>Where a run is in a mixture of data sources: with its seed and its place in the order of prompts, all that decides which prompts come next.</summary>
/// <remarks>A step changes it by what became of the groups that the step passed, and by nothing else.</remarks>
[GenerateSerializer, Immutable, Alias("seed.mixture-state")]
public sealed record MixtureState
{
    /// <summary>In the order in which the spec first names them.</summary>
    [Id(0)] public required ImmutableArray<DomainProgress> Domains { get; init; }

    /// <summary>In the order of the spec.</summary>
    [Id(1)] public required ImmutableArray<SourceProgress> Sources { get; init; }
}
