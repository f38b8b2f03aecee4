using System.Collections.Immutable;
using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.GrainInterfaces.Rollout;

/// <summary>Responses that ended together, on their way to the verifier.</summary>
[GenerateSerializer, Immutable, Alias("seed.sampled-batch")]
public sealed record SampledBatch
{
    [Id(0)] public required ImmutableArray<SampledResponse> Responses { get; init; }
}

/// <summary>A response, with the prompt that its verifier needs and the collection that asked for it.</summary>
[GenerateSerializer, Immutable, Alias("seed.sampled-response")]
public sealed record SampledResponse(
    [property: Id(0)] long CollectionId, [property: Id(1)] Prompt Prompt, [property: Id(2)] Trajectory Trajectory);
