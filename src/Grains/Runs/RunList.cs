using System.Collections.Immutable;

namespace SeedOrleans.Grains.Runs;

/// <summary>The runs of a tenant, oldest first.</summary>
[GenerateSerializer, Immutable, Alias("seed.run-list")]
public sealed record RunList
{
    [Id(0)] public ImmutableList<string> Runs { get; init; } = [];
}
