namespace SeedOrleans.Engine.Rollout;

/// <summary>A request that cannot fit a slot.</summary>
public sealed class PromptTooLongException(string promptId, int needed, int capacity)
    : Exception(
        $"Prompt {promptId} with its response may take {needed} tokens and a slot holds {capacity}. "
        + "Shorten the prompt, lower max_response_tokens, or use a model with a longer context.");
