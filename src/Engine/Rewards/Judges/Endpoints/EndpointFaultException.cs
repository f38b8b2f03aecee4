namespace SeedOrleans.Engine.Rewards.Judges.Endpoints;

/// <summary>One call failed on the endpoint's side or on the way; another may succeed.</summary>
/// <param name="problem">What happened, as a clause.</param>
/// <param name="retryAfter">How long the endpoint asks to be left alone.</param>
/// <param name="wasRefused">The endpoint answered that it did nothing, so that nothing was spent.</param>
internal sealed class EndpointFaultException(string problem, TimeSpan? retryAfter = null, bool wasRefused = false, Exception? innerException = null)
    : Exception(problem, innerException)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;

    public bool WasRefused { get; } = wasRefused;
}
