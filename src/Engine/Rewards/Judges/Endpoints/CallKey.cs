using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.AI;
using SeedOrleans.Engine.Rewards.Judges.Probabilities;

namespace SeedOrleans.Engine.Rewards.Judges.Endpoints;

/// <summary>Names a call by all that decides its reply: model, messages, options.</summary>
internal static class CallKey
{
    /// <summary>To change when what is stored changes its meaning.</summary>
    private const int Version = 1;

    /// <returns>64 hexadecimal digits.</returns>
    public static string Of(string model, IEnumerable<ChatMessage> messages, ChatOptions? options) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new
        {
            Version,
            model,
            messages = messages.Select(message => new[] { message.Role.Value, message.Text }),
            options?.MaxOutputTokens,
            options?.Temperature,
            options?.TopP,
            options?.TopK,
            options?.Seed,
            options?.StopSequences,
            logProbs = options.WantsLogProbs(),
        })));
}
