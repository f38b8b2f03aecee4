namespace SeedOrleans.Engine.Data;

/// <summary>A prompt longer than the run allows.</summary>
public sealed class PromptTooLongException(string promptId, int tokens, int limit)
    : Exception(
        $"Prompt {promptId} has {tokens} tokens and max_prompt_tokens is {limit}; raise it (the model's context must hold prompt "
        + "and response), or leave the prompt out.")
{
    public string PromptId { get; } = promptId;

    public int Tokens { get; } = tokens;

    public int Limit { get; } = limit;
}
