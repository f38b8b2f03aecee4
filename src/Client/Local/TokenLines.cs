using System.Text.Json;
using SeedOrleans.Client.Commands;
using SeedOrleans.Client.Views;

namespace SeedOrleans.Client.Local;

/// <summary>Reads JSON lines of <c>{"id","tokens"}</c>; other keys are skipped.</summary>
/// <param name="vocabulary">Token ids go from 0 to one less.</param>
/// <param name="context">Most tokens of a sequence.</param>
internal sealed class TokenLines(JsonLines lines, int vocabulary, int context)
{
    public const string Example = """{"id":"a","tokens":[1,2,3]}""";

    /// <exception cref="CommandFailedException">A line cannot be scored; those before it were handed out.</exception>
    public IEnumerable<TokenLine> Read(Stream stream) => lines.Read(stream, (place, line) => new TokenLine(place, lines.Id(place, line), Tokens(place, line)));

    private int[] Tokens(string place, JsonElement line)
    {
        if (!line.TryGetProperty("tokens", out var tokens))
            throw lines.Refuse(place, "has no tokens");

        if (tokens.ValueKind != JsonValueKind.Array)
            throw lines.Refuse(place, "has tokens that are no list");

        if (tokens.GetArrayLength() is var length && length > context)
            throw new CommandFailedException(
                ExitCode.Usage,
                $"{place}: has {length} tokens, and the model's context is {context}; cut the sequence, or take a model with a longer context.");

        return [.. tokens.EnumerateArray().Select((token, index) => Token(place, token, index))];
    }

    private int Token(string place, JsonElement token, int index)
    {
        if (token.ValueKind == JsonValueKind.Number && token.TryGetInt32(out var id) && id >= 0 && id < vocabulary)
            return id;

        throw new CommandFailedException(
            ExitCode.Usage,
            $"{place}: tokens[{index}] is {HostileText.OneLine(token.GetRawText(), 40)}, and the model's tokens are whole numbers from 0 to "
            + $"{vocabulary - 1}; was the text encoded by this model's tokenizer?");
    }
}
