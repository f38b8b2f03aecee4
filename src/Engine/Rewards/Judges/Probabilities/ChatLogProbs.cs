using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace SeedOrleans.Engine.Rewards.Judges.Probabilities;

/// <summary>How log-probs are asked for and handed over, which <see cref="IChatClient"/> has no words for.</summary>
public static class ChatLogProbs
{
    /// <summary>As many as OpenAI gives at most.</summary>
    public const int MostAlternatives = 20;

    private const string AskedKey = "top_logprobs", GivenKey = "logprobs";

    /// <summary>Asks for the most likely tokens at each place of the reply.</summary>
    public static ChatOptions WithLogProbs(this ChatOptions options)
    {
        (options.AdditionalProperties ??= [])[AskedKey] = MostAlternatives;
        return options;
    }

    /// <returns>A copy that asks for none.</returns>
    public static ChatOptions WithoutLogProbs(this ChatOptions options)
    {
        var copy = options.Clone();
        copy.AdditionalProperties?.Remove(AskedKey);
        return copy;
    }

    public static bool WantsLogProbs(this ChatOptions? options) => options?.AdditionalProperties?.ContainsKey(AskedKey) == true;

    /// <returns>A place each, in order; empty where the model gave none.</returns>
    public static ImmutableArray<TokenAlternatives> LogProbs(this ChatResponse reply) =>
        reply.AdditionalProperties?.TryGetValue(GivenKey, out var given) == true && given is ImmutableArray<TokenAlternatives> places ? places : [];

    public static ChatResponse WithLogProbs(this ChatResponse reply, ImmutableArray<TokenAlternatives> places)
    {
        (reply.AdditionalProperties ??= [])[GivenKey] = places;
        return reply;
    }
}
