using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.AI;
using SeedOrleans.Engine.Rewards.Judges.Probabilities;

namespace SeedOrleans.Engine.Rewards.Judges.Endpoints;

/// <summary>What a cache keeps of a reply.</summary>
/// <param name="Finish">Why it ended, in OpenAI's words; null where the endpoint did not say.</param>
internal sealed record KeptReply(string Text, string? Finish, ImmutableArray<TokenAlternatives> LogProbs)
{
    public static KeptReply Of(ChatResponse reply) => new(reply.Text, reply.FinishReason?.Value, reply.LogProbs());

    /// <returns>Null where the bytes are no such reply: damaged, or of another version.</returns>
    public static KeptReply? Read(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<KeptReply>(bytes) is { Text: not null } kept ? kept : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    public ChatResponse ToReply()
    {
        var reply = new ChatResponse(new ChatMessage(ChatRole.Assistant, Text)) { FinishReason = Finish is null ? null : new ChatFinishReason(Finish) };
        return LogProbs.IsDefaultOrEmpty ? reply : reply.WithLogProbs(LogProbs);
    }
}
