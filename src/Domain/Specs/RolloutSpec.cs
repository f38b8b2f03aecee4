namespace SeedOrleans.Domain.Specs;

/// <summary>How responses are sampled for training.</summary>
[GenerateSerializer, Immutable, Alias("seed.rollout-spec")]
public sealed record RolloutSpec
{
    /// <summary>Rollout worker grains, each with a device thread.</summary>
    [Id(0)] public int Workers { get; init; } = 2;

    /// <summary>Responses that a worker generates at once.</summary>
    [Id(1)] public int Slots { get; init; } = 64;

    [Id(2)] public required int MaxResponseTokens { get; init; }

    [Id(3)] public double Temperature { get; init; } = 1;

    [Id(4)] public double TopP { get; init; } = 1;

    [Id(5)] public int TopK { get; init; }

    /// <summary>Prompt tokens fed at once while a request joins the batch; never more than data.max_prompt_tokens.</summary>
    [Id(6)] public int PrefillChunkTokens { get; init; } = 64;

    /// <summary>Milliseconds between two notes of the responses in flight, from which another worker continues them; 0 writes none, and they begin anew. Changes no result.</summary>
    [Id(7)] public int JournalMilliseconds { get; init; } = 250;
}
