using System.Collections.Immutable;

namespace SeedOrleans.GrainInterfaces.Training;

/// <summary>The ranks of a run that one silo hosts, and who speaks to them.</summary>
[GenerateSerializer, Immutable, Alias("seed.hosted-ranks")]
public sealed record HostedRanks
{
    [Id(0)] public required string RunId { get; init; }

    /// <summary>What the ranks compute for; see <see cref="RunKeys"/>.</summary>
    [Id(1)] public required string Role { get; init; }

    /// <summary>Of the controller's incarnation that orders.</summary>
    [Id(2)] public required long Epoch { get; init; }

    /// <summary>Ascending, counted from 0 over all silos.</summary>
    [Id(3)] public required ImmutableArray<int> Numbers { get; init; }
}
