using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;

namespace SeedOrleans.Engine.Data.Tokenizers;

/// <summary>One token a character: for models so small that a learned vocabulary would outweigh them.</summary>
/// <remarks>A character is a Unicode code point. The file it writes is Hugging Face's, a BPE without merges.</remarks>
public sealed class CharacterTokenizer : ITextTokenizer
{
    private readonly FrozenDictionary<Rune, int> _ids;
    private readonly FrozenDictionary<int, Rune> _characters;
    private readonly AddedTokens _added;

    internal CharacterTokenizer(IReadOnlyDictionary<Rune, int> ids, AddedTokens added, int endOfText)
    {
        _ids = ids.ToFrozenDictionary();
        _characters = ids.ToFrozenDictionary(entry => entry.Value, entry => entry.Key);
        _added = added;
        EndOfText = endOfText;
        VocabularySize = ids.Values.Concat(added.All.Select(token => token.Id)).Max() + 1;
    }

    public int VocabularySize { get; }

    public int EndOfText { get; }

    /// <summary>Ids 0, 1, 2 are <c>&lt;|endoftext|&gt;</c>, <c>&lt;|im_start|&gt;</c>, <c>&lt;|im_end|&gt;</c>; characters follow by code point.</summary>
    /// <param name="alphabet">Repeats and order do not matter; characters beyond U+FFFF come as surrogate pairs.</param>
    public static ITextTokenizer Create(IEnumerable<char> alphabet)
    {
        ImmutableArray<AddedToken> added =
        [
            new(AddedToken.EndOfText, 0, Special: true),
            new(AddedToken.MessageStart, 1, Special: true),
            new(AddedToken.MessageEnd, 2, Special: true),
        ];
        var ids = string.Concat(alphabet).EnumerateRunes().Distinct().Order()
            .Select((character, rank) => (character, rank))
            .ToDictionary(entry => entry.character, entry => added.Length + entry.rank);

        return new CharacterTokenizer(ids, new AddedTokens(added), endOfText: 0);
    }

    public ImmutableArray<int> Encode(string text)
    {
        var tokens = ImmutableArray.CreateBuilder<int>(text.Length);
        foreach (var (range, token) in _added.Cut(text))
        {
            if (token is null)
                AddCharacters(text, range, tokens);
            else
                tokens.Add(token.Id);
        }

        return tokens.DrainToImmutable();
    }

    public ImmutableArray<int> EncodePlain(string text)
    {
        var tokens = ImmutableArray.CreateBuilder<int>(text.Length);
        AddCharacters(text, .., tokens);
        return tokens.DrainToImmutable();
    }

    public int? FindAddedToken(string content) => _added.Find(content)?.Id;

    public string Decode(ReadOnlySpan<int> tokens) => Decode(tokens, skipSpecialTokens: true);

    public string Decode(ReadOnlySpan<int> tokens, bool skipSpecialTokens)
    {
        var text = new StringBuilder(tokens.Length);
        foreach (var id in tokens)
        {
            if (_characters.TryGetValue(id, out var character))
                text.Append(character);
            else if (_added.Find(id) is { } token && !(token.Special && skipSpecialTokens))
                text.Append(token.Content);
        }

        return text.ToString();
    }

    public void SaveTo(string folder) =>
        CharacterTokenizerFile.Write(
            folder, [.. _ids.OrderBy(entry => entry.Value)], _added.All, _added.Find(EndOfText)?.Content);

    private void AddCharacters(string text, Range range, ImmutableArray<int>.Builder tokens)
    {
        var position = range.Start.Value;
        foreach (var character in text.AsSpan(range).EnumerateRunes())
        {
            if (!_ids.TryGetValue(character, out var id))
                throw new UnknownCharacterException(character, position);

            tokens.Add(id);
            position += character.Utf16SequenceLength;
        }
    }
}
