using System.Collections.Immutable;
using System.Text;
using Microsoft.ML.Tokenizers;

namespace SeedOrleans.Engine.Data.Tokenizers;

/// <summary>Byte-level BPE as GPT-2, Qwen and Llama 3 use it: text becomes UTF-8, frequent neighbours merge.</summary>
/// <remarks>
/// The order is Hugging Face's and matters: cut at added tokens, normalize each stretch between, cut into pieces, merge within
/// pieces. <see cref="BpeTokenizer"/> does the merging alone; its own cutting and normalizing differ.
/// </remarks>
internal sealed class ByteLevelTokenizer : ITextTokenizer
{
    private readonly BpeTokenizer _merger;
    private readonly AddedTokens _added;
    private readonly ImmutableArray<ITextSplitter> _splitters;
    private readonly bool _composes;

    /// <summary>Whole pieces that are tokens without any merge; null where merges decide.</summary>
    private readonly Dictionary<string, int>? _wholePieces;

    /// <summary>By id; null where an id is not used.</summary>
    private readonly byte[]?[] _spellings;

    private readonly TokenizerSource _source;

    public ByteLevelTokenizer(TokenizerJson file, ImmutableArray<ITextSplitter> splitters, bool composes, int endOfText)
    {
        _merger = MakeMerger(file);
        _added = new AddedTokens(file.AddedTokens);
        _splitters = splitters;
        _composes = composes;
        _wholePieces = file.IgnoreMerges ? file.Vocabulary : null;
        VocabularySize = file.Vocabulary.Values.Concat(file.AddedTokens.Select(token => token.Id)).Max() + 1;
        EndOfText = endOfText;

        _spellings = new byte[VocabularySize][];
        foreach (var (token, id) in file.Vocabulary)
            _spellings[id] = ByteAlphabet.Read(token);
        foreach (var token in file.AddedTokens)
            _spellings[token.Id] = ByteAlphabet.Read(token.Content);

        _source = TokenizerSource.Of(file, endOfText);
    }

    public int VocabularySize { get; }

    public int EndOfText { get; }

    public ImmutableArray<int> Encode(string text)
    {
        var tokens = ImmutableArray.CreateBuilder<int>();
        foreach (var (range, token) in _added.Cut(text))
        {
            if (token is null)
                AddStretch(text[range], tokens);
            else
                tokens.Add(token.Id);
        }

        return tokens.DrainToImmutable();
    }

    public ImmutableArray<int> EncodePlain(string text)
    {
        var tokens = ImmutableArray.CreateBuilder<int>();
        AddStretch(text, tokens);
        return tokens.DrainToImmutable();
    }

    public int? FindAddedToken(string content) => _added.Find(content)?.Id;

    public string Decode(ReadOnlySpan<int> tokens) => Decode(tokens, skipSpecialTokens: true);

    public string Decode(ReadOnlySpan<int> tokens, bool skipSpecialTokens)
    {
        var bytes = new MemoryStream();
        foreach (var id in tokens)
        {
            if ((uint)id < (uint)_spellings.Length
                && _spellings[id] is { } spelling
                && !(skipSpecialTokens && _added.Find(id) is { Special: true }))
            {
                bytes.Write(spelling);
            }
        }

        // A character may span tokens, so bytes become text only here; what is no UTF-8 becomes U+FFFD.
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    public void SaveTo(string folder) => _source.SaveTo(folder);

    private static BpeTokenizer MakeMerger(TokenizerJson file)
    {
        try
        {
            return BpeTokenizer.Create(new BpeOptions(file.Vocabulary)
            {
                Merges = file.Merges.Select(merge => $"{merge.Left} {merge.Right}"),
                ByteLevel = true,
            });
        }
        catch (Exception exception)
        {
            // A boundary: what the library throws at merges it dislikes is not ours.
            throw new TokenizerFormatException(file.File, $"unusable merges ({exception.Message})", "fetch the file again", exception);
        }
    }

    private void AddStretch(string text, ImmutableArray<int>.Builder tokens)
    {
        text = CanonicalText.WellFormed(text);
        if (_composes)
            text = CanonicalText.Composed(text);

        foreach (var piece in Cut(text))
        {
            var characters = text.AsSpan(piece);
            if (_wholePieces is not null
                && _wholePieces.TryGetValue(ByteAlphabet.Spell(Encoding.UTF8.GetBytes(text[piece])), out var whole))
            {
                tokens.Add(whole);
            }
            else
            {
                tokens.AddRange(_merger.EncodeToIds(characters, considerPreTokenization: false, considerNormalization: false));
            }
        }
    }

    private List<Range> Cut(string text)
    {
        List<Range> pieces = text.Length > 0 ? [0..text.Length] : [];
        foreach (var splitter in _splitters)
        {
            var finer = new List<Range>();
            foreach (var piece in pieces)
                splitter.Split(text, piece, finer);

            pieces = finer;
        }

        return pieces;
    }
}
