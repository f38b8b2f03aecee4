using System.Collections.Immutable;

namespace SeedOrleans.Engine.Data.Tokenizers;

/// <summary>Text to token ids and back. Safe to use from many threads.</summary>
public interface ITextTokenizer
{
    /// <summary>One more than the greatest id. A model may have more rows; those must never be sampled.</summary>
    int VocabularySize { get; }

    /// <summary>The token that ends a response.</summary>
    int EndOfText { get; }

    /// <returns>The tokens of <paramref name="text"/>, where an added token's spelling (<c>&lt;|im_end|&gt;</c>) means that token. Nothing is put before or after.</returns>
    /// <exception cref="UnknownCharacterException">The vocabulary cannot spell the text.</exception>
    ImmutableArray<int> Encode(string text);

    /// <summary>As <see cref="Encode"/>, but nothing in the text counts as an added token: for text that others wrote.</summary>
    ImmutableArray<int> EncodePlain(string text);

    /// <returns>The id of the added token spelled <paramref name="content"/>; null where there is none.</returns>
    int? FindAddedToken(string content);

    /// <returns>The text, special tokens left out; bytes that are no UTF-8 become U+FFFD, and unknown ids nothing.</returns>
    string Decode(ReadOnlySpan<int> tokens);

    /// <inheritdoc cref="Decode(ReadOnlySpan{int})"/>
    string Decode(ReadOnlySpan<int> tokens, bool skipSpecialTokens);

    /// <summary>Writes tokenizer.json and tokenizer_config.json, from which <see cref="TokenizerFile.Load"/> makes the same tokenizer.</summary>
    void SaveTo(string folder);
}
