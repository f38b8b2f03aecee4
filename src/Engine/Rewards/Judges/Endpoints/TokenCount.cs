using System.Text;
using Microsoft.Extensions.AI;

namespace SeedOrleans.Engine.Rewards.Judges.Endpoints;

/// <summary>How many tokens a call takes: at most, before it is made; and as the endpoint counted, afterwards.</summary>
internal readonly record struct TokenCount(long Input, long Output)
{
    /// <summary>What a chat template adds to a message, generously.</summary>
    private const int AroundMessage = 16;

    /// <summary>Of a call that names no limit.</summary>
    private const int UsualOutput = 4096;

    public long Total => Input + Output;

    /// <summary>No tokenizer makes more tokens of a text than it has bytes.</summary>
    public static TokenCount AtMost(IEnumerable<ChatMessage> messages, ChatOptions? options) =>
        new(messages.Sum(message => (long)Encoding.UTF8.GetByteCount(message.Text) + AroundMessage), options?.MaxOutputTokens ?? UsualOutput);

    /// <returns>The endpoint's own count; <paramref name="atMost"/> where it gives none.</returns>
    public static TokenCount Of(ChatResponse reply, TokenCount atMost) =>
        reply.Usage is { InputTokenCount: >= 0 and { } input, OutputTokenCount: >= 0 and { } output } ? new TokenCount(input, output) : atMost;
}
