using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SeedOrleans.Engine.Data.Tokenizers;

/// <summary>Reads how a byte-level tokenizer cuts text: its <c>pre_tokenizer</c>.</summary>
internal static class SplitterReader
{
    /// <summary>GPT-2's, which a ByteLevel pre-tokenizer uses by itself.</summary>
    private const string DefaultPattern = @"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    /// <returns>Splitters to apply one after another, each to the pieces of the one before; null where the tokenizer is not byte-level.</returns>
    public static ImmutableArray<ITextSplitter>? Read(TokenizerJson tokenizer)
    {
        if (tokenizer.Section("pre_tokenizer") is not { } section)
            return null;

        JsonElement[] steps = TypeOf(section) == "Sequence" && section.TryGetProperty("pretokenizers", out var list)
            ? [.. list.EnumerateArray()]
            : [section];
        if (!steps.Any(step => TypeOf(step) == "ByteLevel"))
            return null;

        return [.. steps.Select(step => ReadStep(tokenizer, step)).OfType<ITextSplitter>()];
    }

    private static ITextSplitter? ReadStep(TokenizerJson tokenizer, JsonElement step)
    {
        switch (TypeOf(step))
        {
            case "ByteLevel":
                // Hugging Face's defaults are true for both.
                if (!IsFalse(step, "add_prefix_space"))
                    throw tokenizer.Unsupported("a ByteLevel pre-tokenizer with add_prefix_space");
                return IsFalse(step, "use_regex") ? null : new RegexSplitter(DefaultPattern);

            case "Split":
                if (!step.TryGetProperty("behavior", out var behavior) || !behavior.ValueEquals("Isolated"))
                    throw tokenizer.Unsupported("a Split pre-tokenizer whose behavior is not Isolated");
                return ReadPattern(tokenizer, step);

            case var other:
                throw tokenizer.Unsupported($"the pre-tokenizer \"{other}\"");
        }
    }

    private static ITextSplitter ReadPattern(TokenizerJson tokenizer, JsonElement step)
    {
        if (!step.TryGetProperty("pattern", out var pattern) || pattern.ValueKind != JsonValueKind.Object)
            throw tokenizer.Unsupported("a Split pre-tokenizer without a pattern");
        if (pattern.TryGetProperty("String", out var literal))
            return new RegexSplitter(Regex.Escape(literal.GetString()!));

        var text = pattern.TryGetProperty("Regex", out var regex) ? regex.GetString()! : "";
        try
        {
            return QwenSplitter.For(text) ?? (ITextSplitter)new RegexSplitter(text);
        }
        catch (ArgumentException exception)
        {
            throw tokenizer.Unsupported($"the pattern \"{text}\" ({exception.Message})");
        }
    }

    private static string? TypeOf(JsonElement section) =>
        section.ValueKind == JsonValueKind.Object && section.TryGetProperty("type", out var type) ? type.GetString() : null;

    private static bool IsFalse(JsonElement section, string name) =>
        section.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.False;
}
