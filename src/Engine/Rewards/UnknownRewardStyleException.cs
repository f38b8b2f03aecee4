namespace SeedOrleans.Engine.Rewards;

/// <summary>A prompt that asks for a verifier that does not exist.</summary>
public sealed class UnknownRewardStyleException(string promptId, string style)
    : Exception(
        $"Prompt {promptId} asks for the reward style \"{style}\", which no rule judges; "
        + "use \"math\" or \"task:NAME\" with the name of a task.")
{
    public string PromptId { get; } = promptId;

    public string Style { get; } = style;
}
