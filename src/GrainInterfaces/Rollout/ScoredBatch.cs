using System.Collections.Immutable;
using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.GrainInterfaces.Rollout;

/// <summary>Judged responses, on their way to the pool.</summary>
[GenerateSerializer, Immutable, Alias("seed.scored-batch")]
public sealed record ScoredBatch
{
    [Id(0)] public required ImmutableArray<ScoredResponse> Responses { get; init; }

    /// <summary>Why some responses of the message could not be judged, for good; empty where all were.</summary>
    [Id(1)] public string Failure { get; init; } = "";

    [Id(2)] public TournamentResult? Tournament { get; init; }
}

/// <summary>A judged response and the collection that asked for it.</summary>
[GenerateSerializer, Immutable, Alias("seed.scored-response")]
public sealed record ScoredResponse([property: Id(0)] long CollectionId, [property: Id(1)] ScoredTrajectory Scored);
