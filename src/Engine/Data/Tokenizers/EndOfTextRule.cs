using System.Text.Json;

namespace SeedOrleans.Engine.Data.Tokenizers;

/// <summary>Finds the token that ends a response: what the files beside the tokenizer say, else the usual spellings.</summary>
internal static class EndOfTextRule
{
    /// <summary>The most telling first: a chat model ends its message.</summary>
    private static readonly string[] UsualSpellings = [AddedToken.MessageEnd, AddedToken.EndOfText, "</s>", "<|eot_id|>", "<|end_of_text|>"];

    /// <exception cref="TokenizerFormatException">Nothing says which token it is, or what says it names no token.</exception>
    public static int Find(TokenizerJson tokenizer)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(tokenizer.File))!;
        return FromConfig(tokenizer, Path.Combine(folder, TokenizerFile.ConfigName))
            ?? FromIds(tokenizer, Path.Combine(folder, "generation_config.json"))
            ?? FromIds(tokenizer, Path.Combine(folder, "config.json"))
            ?? UsualSpellings.Select(content => IdOf(tokenizer, content)).FirstOrDefault(id => id is not null)
            ?? throw new TokenizerFormatException(
                tokenizer.File,
                "nothing says which token ends a text",
                $"put {{\"eos_token\": \"…\"}} into {TokenizerFile.ConfigName} beside it");
    }

    /// <summary><c>eos_token</c>: a spelling, or an object that holds one.</summary>
    private static int? FromConfig(TokenizerJson tokenizer, string file)
    {
        if (ReadProperty(file, "eos_token") is not { } value)
            return null;

        var content = value.ValueKind == JsonValueKind.Object && value.TryGetProperty("content", out var inner) ? inner : value;
        if (content.ValueKind == JsonValueKind.Null)
            return null;

        return (content.ValueKind == JsonValueKind.String ? IdOf(tokenizer, content.GetString()!) : null)
            ?? throw new TokenizerFormatException(
                file, $"eos_token {content.GetRawText()} is not a token of {tokenizer.File}", "make the two files agree");
    }

    /// <summary><c>eos_token_id</c>: an id, or a list of which the first counts.</summary>
    private static int? FromIds(TokenizerJson tokenizer, string file)
    {
        if (ReadProperty(file, "eos_token_id") is not { } value)
            return null;

        var first = value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 ? value[0] : value;
        if (first.ValueKind == JsonValueKind.Null)
            return null;

        if (first.ValueKind == JsonValueKind.Number
            && first.TryGetInt32(out var id)
            && (tokenizer.AddedTokens.Any(token => token.Id == id) || tokenizer.Vocabulary.ContainsValue(id)))
        {
            return id;
        }

        throw new TokenizerFormatException(
            file, $"eos_token_id {first.GetRawText()} is not a token of {tokenizer.File}", "make the two files agree");
    }

    private static int? IdOf(TokenizerJson tokenizer, string content) =>
        tokenizer.AddedTokens.FirstOrDefault(token => token.Content == content)?.Id
        ?? (tokenizer.Vocabulary.TryGetValue(content, out var id) ? id : null);

    private static JsonElement? ReadProperty(string file, string name)
    {
        if (!File.Exists(file))
            return null;

        try
        {
            using var document = JsonDocument.Parse(TokenizerJson.ReadBytes(file));
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(name, out var value)
                ? value.Clone()
                : null;
        }
        catch (JsonException exception)
        {
            throw new TokenizerFormatException(file, $"not JSON ({exception.Message})", "mend or remove it", exception);
        }
    }
}
