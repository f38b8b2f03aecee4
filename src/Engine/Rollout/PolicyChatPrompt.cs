using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Data.Tokenizers;
using SeedOrleans.Engine.Rewards.Judges;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace SeedOrleans.Engine.Rollout;

/// <summary>Turns messages into the tokens that a policy goes on from. Nothing in a message counts as a control token.</summary>
internal static class PolicyChatPrompt
{
    /// <exception cref="ChatTemplateException">The tokenizer cannot write the template.</exception>
    public static void Check(ITextTokenizer tokenizer, PromptTemplate template)
    {
        if (template == PromptTemplate.Chatml)
            ChatMl.Encode(tokenizer, []);
    }

    /// <exception cref="UnreadableForJudgeException">The tokenizer cannot spell a message.</exception>
    public static ImmutableArray<int> Encode(ITextTokenizer tokenizer, PromptTemplate template, IReadOnlyList<ChatMessage> messages)
    {
        try
        {
            if (template == PromptTemplate.Plain)
                return tokenizer.EncodePlain(string.Concat(messages.Select(message => message.Text)));

            var begun = messages.Count > 0 && messages[^1].Role == ChatRole.Assistant ? messages[^1].Text : "";
            var turns = begun.Length > 0 ? messages.SkipLast(1) : messages;
            return
            [
                .. ChatMl.Encode(tokenizer, [.. turns.Select(message => new Data.ChatMessage(message.Role.Value, message.Text))]),
                .. tokenizer.EncodePlain(begun),
            ];
        }
        catch (UnknownCharacterException unknown)
        {
            throw new UnreadableForJudgeException($"The judge cannot read the character '{unknown.Character}' (U+{unknown.Character.Value:X4}).", unknown);
        }
    }
}
