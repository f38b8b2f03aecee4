using System.Collections.Immutable;
using SeedOrleans.Engine.Data.Tokenizers;

namespace SeedOrleans.Engine.Data;

/// <summary>Writes a conversation the way that ChatML models (Qwen's among them) were taught to read it.</summary>
/// <remarks>
/// <c>&lt;|im_start|&gt;role\ncontent&lt;|im_end|&gt;\n</c> for each message, then <c>&lt;|im_start|&gt;assistant\n</c>.
/// A message that spells <c>&lt;|im_end|&gt;</c> is spelled out as text: it cannot end its own turn.
/// </remarks>
public static class ChatMl
{
    /// <summary>What the template itself writes, for a tokenizer made of characters.</summary>
    public const string Alphabet = "user\nasitn";

    /// <returns>One user message, then the head of the assistant's.</returns>
    /// <exception cref="ChatTemplateException">The tokenizer has no ChatML tokens.</exception>
    public static ImmutableArray<int> Encode(ITextTokenizer tokenizer, string question) =>
        Encode(tokenizer, [new ChatMessage("user", question)]);

    /// <inheritdoc cref="Encode(ITextTokenizer, string)"/>
    /// <returns>Every message, then the head of the assistant's.</returns>
    public static ImmutableArray<int> Encode(ITextTokenizer tokenizer, ImmutableArray<ChatMessage> messages)
    {
        var start = Require(tokenizer, AddedToken.MessageStart);
        var end = Require(tokenizer, AddedToken.MessageEnd);
        var newLine = tokenizer.EncodePlain("\n");
        var tokens = ImmutableArray.CreateBuilder<int>();

        foreach (var message in messages)
        {
            tokens.Add(start);
            tokens.AddRange(tokenizer.EncodePlain($"{message.Role}\n{message.Content}"));
            tokens.Add(end);
            tokens.AddRange(newLine);
        }

        tokens.Add(start);
        tokens.AddRange(tokenizer.EncodePlain("assistant\n"));
        return tokens.DrainToImmutable();
    }

    private static int Require(ITextTokenizer tokenizer, string content) =>
        tokenizer.FindAddedToken(content) ?? throw new ChatTemplateException(content);
}
