using System.Text;
using System.Text.Json;

namespace SeedOrleans.Engine.Data.Tokenizers;

/// <summary>Reads Hugging Face's tokenizer.json.</summary>
public static class TokenizerFile
{
    internal const string Name = "tokenizer.json";
    internal const string ConfigName = "tokenizer_config.json";

    /// <param name="path">A tokenizer.json, or a folder that holds one.</param>
    /// <exception cref="TokenizerFormatException">The file is missing, damaged, or of a kind that is not read.</exception>
    public static ITextTokenizer Load(string path)
    {
        var tokenizer = TokenizerJson.Read(Directory.Exists(path) ? Path.Combine(path, Name) : path);
        var endOfText = EndOfTextRule.Find(tokenizer);

        return IsMadeOfCharacters(tokenizer)
            ? new CharacterTokenizer(
                tokenizer.Vocabulary.ToDictionary(entry => Rune.GetRuneAt(entry.Key, 0), entry => entry.Value),
                new AddedTokens(tokenizer.AddedTokens),
                endOfText)
            : throw tokenizer.Unsupported("this kind of tokenizer");
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
