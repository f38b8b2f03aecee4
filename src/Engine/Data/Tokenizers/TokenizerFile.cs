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

        if (IsMadeOfCharacters(tokenizer))
        {
            return new CharacterTokenizer(
                tokenizer.Vocabulary.ToDictionary(entry => Rune.GetRuneAt(entry.Key, 0), entry => entry.Value),
                new AddedTokens(tokenizer.AddedTokens),
                endOfText);
        }

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

    private static bool IsMadeOfCharacters(TokenizerJson tokenizer) =>
        tokenizer.Merges.IsEmpty
        && tokenizer.Section("pre_tokenizer") is null
        && tokenizer.Section("normalizer") is null
        && tokenizer.Section("decoder") is { } decoder
        && decoder.TryGetProperty("type", out var type)
        && type.ValueKind == JsonValueKind.String
        && type.ValueEquals("Fuse")
        && tokenizer.Vocabulary.Keys.All(key => Rune.TryGetRuneAt(key, 0, out var rune) && rune.Utf16SequenceLength == key.Length);
}
