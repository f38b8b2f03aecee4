namespace SeedOrleans.Engine.Rewards.Judges.Endpoints;

/// <summary>The environment variable that should hold the endpoint's key is not set.</summary>
public sealed class ApiKeyMissingException(string variable) : JudgeFailedException($"The environment variable {variable} is not set; put the endpoint's key into it, or name another.")
{
    public string Variable { get; } = variable;
}
