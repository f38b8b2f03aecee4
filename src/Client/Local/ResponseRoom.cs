using System.Collections.Immutable;
using SeedOrleans.Client.Commands;
using SeedOrleans.Engine.Models;

namespace SeedOrleans.Client.Local;

/// <summary>How long a response may get after a prompt.</summary>
internal static class ResponseRoom
{
    private const int Usual = 256;

    /// <param name="option">What the length is asked for with.</param>
    /// <param name="asked">Null takes the usual length, or what the context leaves of it.</param>
    /// <exception cref="CommandFailedException">The prompt cannot be gone on from, or there is less room than asked for.</exception>
    public static int Of(ImmutableArray<int> prompt, Transformer policy, int? asked, string option = "--max-tokens")
    {
        var (context, known) = (policy.Config.MaxPositions, policy.Config.VocabularySize);

        if (prompt.IsEmpty)
            throw Refuse("The prompt is empty; give at least one character, or a token such as <|endoftext|>.");

        if (prompt.FirstOrDefault(token => token >= known) is var stray and not 0)
            throw Refuse($"The tokenizer makes token {stray} of the prompt and the model has {known}; take the tokenizer.json that belongs to the model.");

        var room = context - prompt.Length;
        if (room < (asked ?? 1))
            throw Refuse($"The prompt's {prompt.Length} tokens leave room for {Math.Max(0, room)} in the model's context of {context}, and {asked ?? 1} are asked for; shorten the prompt or lower {option}.");

        return asked ?? Math.Min(Usual, room);
    }

    private static CommandFailedException Refuse(string message) => new(ExitCode.Usage, message);
}
