using System.Collections.Immutable;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.GrainInterfaces.Rollout;

/// <summary>The pool's answer to a worker.</summary>
[GenerateSerializer, Immutable, Alias("seed.work-offer")]
public sealed record WorkOffer
{
    /// <summary>The open collection; work for any other may be dropped. 0 where none is open.</summary>
    [Id(0)] public required long CollectionId { get; init; }

    /// <summary>The weights to sample with.</summary>
    [Id(1)] public required PolicyVersion Policy { get; init; }

    [Id(2)] public required ImmutableArray<RolloutRequest> Requests { get; init; }

    /// <summary>The pool has forgotten what this worker is at work on: say it with <see cref="ISamplePoolGrain.HoldAsync"/>.</summary>
    [Id(3)] public bool AsksWhatIsHeld { get; init; }
}
