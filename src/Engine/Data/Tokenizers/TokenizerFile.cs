using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SeedOrleans.Engine.Data.Tokenizers;

/// <summary>Reads Hugging Face's tokenizer.json.</summary>
public static class TokenizerFile
{
    internal const string Name = "tokenizer.json";
    internal const string ConfigName = "tokenizer_config.json";

    internal static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="path">A tokenizer.json, or a folder that holds one.</param>
    /// <exception cref="TokenizerFormatException">The file is missing, damaged, or of a kind that is not read.</exception>
    public static ITextTokenizer Load(string path)
    {
        var tokenizer = TokenizerJson.Read(Directory.Exists(path) ? Path.Combine(path, Name) : path);
        var endOfText = EndOfTextRule.Find(tokenizer);

        if (ReadCharacters(tokenizer) is { } characters)
            return new CharacterTokenizer(characters, new AddedTokens(tokenizer.AddedTokens), endOfText);

        return MakeByteLevel(tokenizer, endOfText);
    }

    private static ByteLevelTokenizer MakeByteLevel(TokenizerJson tokenizer, int endOfText)
    {
        try
        {
            var splitters = SplitterReader.Read(tokenizer)
                ?? throw tokenizer.Unsupported("a tokenizer that is not byte-level");
            if (ByteAlphabet.Tokens.FirstOrDefault(token => !tokenizer.Vocabulary.ContainsKey(token)) is { } missing)
                throw tokenizer.Unsupported($"a byte-level vocabulary without a token for every byte (\"{missing}\" is missing)");

            return new ByteLevelTokenizer(tokenizer, splitters, Composes(tokenizer), endOfText);
        }
        catch (InvalidOperationException exception)
        {
            // JsonElement's way of saying "a string where a list should be".
            throw new TokenizerFormatException(
                tokenizer.File, $"a value of the wrong type ({exception.Message})", "fetch the file again", exception);
        }
    }

    /// <summary>No normalizer, or Unicode's composed form: the only ones that byte-level models use.</summary>
    private static bool Composes(TokenizerJson tokenizer)
    {
        if (tokenizer.Section("normalizer") is not { } normalizer)
            return false;

        JsonElement[] steps = normalizer.TryGetProperty("normalizers", out var list) ? [.. list.EnumerateArray()] : [normalizer];
        foreach (var step in steps)
        {
            if (!step.TryGetProperty("type", out var type) || !type.ValueEquals("NFC"))
                throw tokenizer.Unsupported($"the normalizer {step.GetRawText()}");
        }

        return steps.Length > 0;
    }

    /// <returns>The ids of single characters, where the vocabulary is nothing else besides added tokens; else null.</returns>
    private static Dictionary<Rune, int>? ReadCharacters(TokenizerJson tokenizer)
    {
        if (!tokenizer.Merges.IsEmpty
            || tokenizer.Section("pre_tokenizer") is not null
            || tokenizer.Section("normalizer") is not null
            || tokenizer.Section("decoder") is not { } decoder
            || !decoder.TryGetProperty("type", out var type)
            || type.ValueKind != JsonValueKind.String
            || !type.ValueEquals("Fuse"))
        {
            return null;
        }

        var added = tokenizer.AddedTokens.Select(token => token.Content).ToHashSet(StringComparer.Ordinal);
        var characters = new Dictionary<Rune, int>();
        foreach (var (token, id) in tokenizer.Vocabulary)
        {
            if (added.Contains(token))
                continue;
            if (!Rune.TryGetRuneAt(token, 0, out var character) || character.Utf16SequenceLength != token.Length)
                return null;

            characters.Add(character, id);
        }

        return characters;
    }
}
