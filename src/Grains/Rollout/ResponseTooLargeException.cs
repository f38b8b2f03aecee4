namespace SeedOrleans.Grains.Rollout;

/// <summary>A response that the trajectory stream cannot carry.</summary>
[GenerateSerializer, Alias("seed.response-too-large")]
public sealed class ResponseTooLargeException(string promptId, long bytes, long limit)
    : Exception($"A response to prompt {promptId} takes {bytes} bytes and the stream carries {limit}; lower rollout.max_response_tokens.");
