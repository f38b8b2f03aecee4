using System.Collections.Immutable;
using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.GrainInterfaces.Rollout;

/// <summary>Responses that ended together, on their way to the verifier.</summary>
[GenerateSerializer, Immutable, Alias("seed.sampled-batch")]
public sealed record SampledBatch
{
    [Id(0)] public required ImmutableArray<SampledResponse> Responses { get; init; }

    /// <summary>From the pool, which is told of a group's responses one by one; null in a message of a worker.</summary>
    [Id(1)] public Tournament? Tournament { get; init; }
}

/// <summary>A response, with the prompt that its verifier needs and the collection that asked for it.</summary>
/// <param name="AwaitsGroup">It is judged in a <see cref="Tournament"/>, later; for now the pool wants to know of it.</param>
[GenerateSerializer, Immutable, Alias("seed.sampled-response")]
public sealed record SampledResponse(
    [property: Id(0)] long CollectionId, [property: Id(1)] Prompt Prompt, [property: Id(2)] Trajectory Trajectory,
    [property: Id(3)] bool AwaitsGroup = false);
