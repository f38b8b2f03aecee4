using System.Collections.Immutable;

namespace SeedOrleans.Domain.Mixtures;

/// <summary>How far a run is in a data source.</summary>
[GenerateSerializer, Immutable, Alias("seed.source-progress")]
public sealed record SourceProgress
{
    [Id(0)] public required string Name { get; init; }

    /// <summary>The difficulty that most prompts have now.</summary>
    [Id(1)] public required int Level { get; init; }

    /// <summary>For each difficulty from the easiest: the place in the endless order of its prompts where the next step begins.</summary>
    [Id(2)] public required ImmutableArray<long> Cursors { get; init; }

    /// <summary>Pass rates of the last groups at <see cref="Level"/>, oldest first; empty where there is no harder or easier level.</summary>
    [Id(3)] public ImmutableArray<double> Recent { get; init; } = [];
}
