using System.Collections.Immutable;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.GrainInterfaces.Training;

/// <summary>What a rank is to be.</summary>
[GenerateSerializer, Immutable, Alias("seed.rank-order")]
public sealed record RankOrder
{
    [Id(0)] public required string RunId { get; init; }

    /// <summary>Counted from 0.</summary>
    [Id(1)] public required int Rank { get; init; }

    [Id(2)] public required RunSpec Spec { get; init; }

    /// <summary>Of the controller's incarnation that orders.</summary>
    [Id(3)] public required long Epoch { get; init; }

    /// <summary>A checkpoint of the run to load; empty begins with the run's first weights.</summary>
    [Id(4)] public required string Checkpoint { get; init; }

    /// <summary>Where each rank's process listens, by rank, as <see cref="IMovableGrain.LocateAsync"/> told.</summary>
    [Id(5)] public required ImmutableArray<string> Peers { get; init; }

    /// <summary>What the ranks compute for: <see cref="RunKeys.Policy"/> where they train the run.</summary>
    [Id(6)] public string Role { get; init; } = RunKeys.Policy;

    /// <summary>The run whose checkpoints this rank writes; empty where it is <see cref="RunId"/>.</summary>
    [Id(7)] public string SavesFor { get; init; } = "";
}
