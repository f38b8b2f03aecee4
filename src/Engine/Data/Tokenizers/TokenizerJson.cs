using System.Collections.Immutable;
using System.Text.Json;

namespace SeedOrleans.Engine.Data.Tokenizers;

/// <summary>What a tokenizer.json says, checked: every id once and in bounds, every merge between tokens that exist.</summary>
/// <param name="Merges">Pairs of tokens in order of rank.</param>
/// <param name="Root">The whole document, for the parts that shape text: normalizer, pre_tokenizer, decoder.</param>
internal sealed record TokenizerJson(
    string File,
    Dictionary<string, int> Vocabulary,
    ImmutableArray<(string Left, string Right)> Merges,
    ImmutableArray<AddedToken> AddedTokens,
    bool IgnoreMerges,
    JsonElement Root)
{
    private const long MaxBytes = 200L << 20;

    /// <summary>No vocabulary comes near it, and an id sizes arrays.</summary>
    private const int MaxId = 1 << 22;

    private const string Damaged = "fetch the file again from where the model came from";

    private static readonly string[] UnreadFlags = ["lstrip", "rstrip", "single_word"];

    public static TokenizerJson Read(string file)
    {
        var bytes = ReadBytes(file);
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return Read(file, document.RootElement.Clone());
        }
        catch (JsonException exception)
        {
            throw new TokenizerFormatException(file, $"not JSON ({exception.Message})", Damaged, exception);
        }
        catch (InvalidOperationException exception)
        {
            // JsonElement's way of saying "a string where a number should be", or a string that is no Unicode.
            throw new TokenizerFormatException(file, $"a value of the wrong type ({exception.Message})", Damaged, exception);
        }
    }

    public static byte[] ReadBytes(string file)
    {
        var info = new FileInfo(file);
        if (!info.Exists)
            throw new TokenizerFormatException(file, "no such file", "give the path of a tokenizer.json or of the folder that holds one");
        if (info.Length > MaxBytes)
            throw new TokenizerFormatException(file, $"{info.Length} bytes, more than the {MaxBytes} that a tokenizer may have", "check that the path is right");

        return System.IO.File.ReadAllBytes(file);
    }

    public JsonElement? Section(string name) =>
        Root.TryGetProperty(name, out var section) && section.ValueKind == JsonValueKind.Object ? section : null;

    public TokenizerFormatException Unsupported(string what) =>
        new(File, $"{what} is not supported", "use a byte-level BPE tokenizer (as of Qwen or Llama 3) or the tokenizer \"characters\"");

    private static TokenizerJson Read(string file, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("model", out var model) || model.ValueKind != JsonValueKind.Object)
            throw new TokenizerFormatException(file, "no \"model\" in it", "check that this is a tokenizer.json of Hugging Face's tokenizers");

        var kind = model.TryGetProperty("type", out var type) ? type.GetString() : "BPE";
        if (kind != "BPE" || !model.TryGetProperty("vocab", out var vocab) || vocab.ValueKind != JsonValueKind.Object)
            throw new TokenizerFormatException(file, $"a model of type \"{kind}\", not BPE with a vocabulary", "use a model with a BPE tokenizer");

        var vocabulary = ReadVocabulary(file, vocab);
        var added = ReadAddedTokens(file, root, vocabulary);
        if (vocabulary.Count + added.Length == 0)
            throw new TokenizerFormatException(file, "an empty vocabulary", Damaged);

        return new TokenizerJson(
            file,
            vocabulary,
            ReadMerges(file, model, vocabulary),
            added,
            model.TryGetProperty("ignore_merges", out var ignore) && ignore.ValueKind == JsonValueKind.True,
            root);
    }

    private static Dictionary<string, int> ReadVocabulary(string file, JsonElement vocab)
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        var ids = new HashSet<int>();
        foreach (var entry in vocab.EnumerateObject())
        {
            var id = ReadId(file, entry.Name, entry.Value);
            if (entry.Name.Length == 0 || !vocabulary.TryAdd(entry.Name, id))
                throw new TokenizerFormatException(file, $"token \"{entry.Name}\" is empty or stands twice", Damaged);
            if (!ids.Add(id))
                throw new TokenizerFormatException(file, $"two tokens have id {id}, one of them \"{entry.Name}\"", Damaged);
        }

        return vocabulary;
    }

    private static ImmutableArray<AddedToken> ReadAddedTokens(string file, JsonElement root, Dictionary<string, int> vocabulary)
    {
        if (!root.TryGetProperty("added_tokens", out var list) || list.ValueKind != JsonValueKind.Array)
            return [];

        var ids = vocabulary.ToDictionary(entry => entry.Value, entry => entry.Key);
        var tokens = new Dictionary<string, AddedToken>(StringComparer.Ordinal);
        foreach (var entry in list.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.Object
                || !entry.TryGetProperty("content", out var content)
                || content.GetString() is not { Length: > 0 } text
                || !entry.TryGetProperty("id", out var number))
            {
                throw new TokenizerFormatException(file, "an added token without content or id", Damaged);
            }

            if (UnreadFlags.FirstOrDefault(flag => IsTrue(entry, flag)) is { } flag)
                throw new TokenizerFormatException(file, $"added token \"{text}\" has {flag}, which is not supported", $"set {flag} to false");

            var id = ReadId(file, text, number);
            if (!tokens.TryAdd(text, new AddedToken(text, id, IsTrue(entry, "special"))))
                throw new TokenizerFormatException(file, $"added token \"{text}\" stands twice", Damaged);
            // An added token may also stand in the vocabulary, under the same id.
            if (!ids.TryAdd(id, text) && ids[id] != text)
                throw new TokenizerFormatException(file, $"tokens \"{ids[id]}\" and \"{text}\" both have id {id}", Damaged);
            if (vocabulary.TryGetValue(text, out var other) && other != id)
                throw new TokenizerFormatException(file, $"token \"{text}\" has ids {other} and {id}", Damaged);
        }

        return [.. tokens.Values];
    }

    private static ImmutableArray<(string Left, string Right)> ReadMerges(string file, JsonElement model, Dictionary<string, int> vocabulary)
    {
        if (!model.TryGetProperty("merges", out var list) || list.ValueKind != JsonValueKind.Array)
            return [];

        var merges = ImmutableArray.CreateBuilder<(string, string)>(list.GetArrayLength());
        foreach (var entry in list.EnumerateArray())
        {
            var parts = entry.ValueKind == JsonValueKind.Array
                ? entry.EnumerateArray().Select(part => part.GetString() ?? "").ToArray()
                : (entry.GetString() ?? "").Split(' ');
            if (parts is not [var left, var right])
                throw new TokenizerFormatException(file, $"merge {merges.Count} is not a pair", Damaged);
            if (new[] { left, right, left + right }.FirstOrDefault(token => !vocabulary.ContainsKey(token)) is { } unknown)
                throw new TokenizerFormatException(file, $"merge {merges.Count} names \"{unknown}\", which is not in the vocabulary", Damaged);

            merges.Add((left, right));
        }

        return merges.DrainToImmutable();
    }

    private static int ReadId(string file, string token, JsonElement number) =>
        number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var id) && id is >= 0 and < MaxId
            ? id
            : throw new TokenizerFormatException(file, $"token \"{token}\" has id {number.GetRawText()}, not a whole number from 0 to {MaxId - 1}", Damaged);

    private static bool IsTrue(JsonElement entry, string flag) =>
        entry.TryGetProperty(flag, out var value) && value.ValueKind == JsonValueKind.True;
}
