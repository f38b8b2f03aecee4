namespace SeedOrleans.Engine.Rewards.Judges.Endpoints;

/// <summary>The endpoint gave no usable reply, with all retries.</summary>
/// <param name="problem">What happened last, as a clause.</param>
public sealed class EndpointUnavailableException(Uri endpoint, string problem, Exception? innerException = null) : JudgeFailedException(
    $"{endpoint} gave no usable reply: {problem}. See whether it works and speaks OpenAI's chat completions, then ask again.", innerException);
