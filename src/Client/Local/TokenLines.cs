using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using SeedOrleans.Client.Commands;
using SeedOrleans.Client.Views;

namespace SeedOrleans.Client.Local;

/// <summary>Reads JSON lines of <c>{"id","tokens"}</c>, one at a time; blank lines and other keys are skipped.</summary>
/// <param name="name">Of the file, for messages.</param>
/// <param name="vocabulary">Token ids go from 0 to one less.</param>
/// <param name="context">Most tokens of a sequence.</param>
internal sealed class TokenLines(string name, int vocabulary, int context)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <exception cref="CommandFailedException">A line cannot be scored; those before it were handed out.</exception>
    public IEnumerable<TokenLine> Read(Stream stream)
    {
        // Latin-1 keeps every byte, so that broken UTF-8 is found in its line.
        using var reader = new StreamReader(stream, Encoding.Latin1, detectEncodingFromByteOrderMarks: false);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            var bytes = Encoding.Latin1.GetBytes(line).AsMemory();
            if (number == 1 && bytes.Span.StartsWith(ByteOrderMark))
                bytes = bytes[ByteOrderMark.Length..];

            if (bytes.Span.ContainsAnyExcept(" \t"u8))
                yield return Parse($"{name}:{number}", bytes);
        }
    }

    private TokenLine Parse(string place, ReadOnlyMemory<byte> line)
    {
        if (!Utf8.IsValid(line.Span))
            throw Refuse(place, "is no UTF-8; save the file as UTF-8");

        try
        {
            using var document = JsonDocument.Parse(line, Strict);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw Refuse(place, "is no JSON object");

            return new TokenLine(place, Id(place, root), Tokens(place, root));
        }
        catch (JsonException failure)
        {
            throw Refuse(place, $"is no JSON ({HostileText.OneLine(failure.Message.TrimEnd('.'), 200)})");
        }
    }

    private static string Id(string place, JsonElement root) =>
        !root.TryGetProperty("id", out var id) ? throw Refuse(place, "has no id")
        : id.ValueKind is JsonValueKind.String or JsonValueKind.Number ? id.GetRawText()
        : throw Refuse(place, "has an id that is neither a string nor a number");

    private int[] Tokens(string place, JsonElement root)
    {
        if (!root.TryGetProperty("tokens", out var tokens))
            throw Refuse(place, "has no tokens");

        if (tokens.ValueKind != JsonValueKind.Array)
            throw Refuse(place, "has tokens that are no list");

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

    private static CommandFailedException Refuse(string place, string problem) => new(
        ExitCode.Usage, $$"""{{place}}: {{problem}}; a line is {"id":"a","tokens":[1,2,3]}.""");
}
