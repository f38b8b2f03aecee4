namespace SeedOrleans.Engine.Rewards.Judges.Endpoints;

/// <summary>The endpoint understood the call and will not do it: a wrong key, an unknown model, a text that is too long.</summary>
/// <param name="status">Of HTTP.</param>
/// <param name="words">What the endpoint said, in one line.</param>
public sealed class EndpointRefusedException(Uri endpoint, int status, string words, Exception? innerException = null) : JudgeFailedException(
    $"{endpoint} refused the call with {status} ({words}); see to the model's name, the key and the lengths.", innerException)
{
    public int Status { get; } = status;
}
