namespace SeedOrleans.Domain.Trajectories;

/// <summary>One of a collection's responses, by its prompt and its place among the responses to it.</summary>
[GenerateSerializer, Immutable, Alias("seed.response-name")]
public readonly record struct ResponseName([property: Id(0)] string PromptId, [property: Id(1)] int ResponseIndex);
