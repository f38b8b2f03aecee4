using System.Buffers;
using System.Collections.Immutable;

namespace SeedOrleans.Engine.Data.Tokenizers;

/// <summary>Cuts text at added tokens: the leftmost first, the longest where several begin at the same place.</summary>
internal sealed class AddedTokens(ImmutableArray<AddedToken> tokens)
{
    private readonly SearchValues<string> _anyContent =
        SearchValues.Create([.. tokens.Select(token => token.Content)], StringComparison.Ordinal);

    private readonly Dictionary<string, AddedToken> _byContent =
        tokens.ToDictionary(token => token.Content, StringComparer.Ordinal);

    private readonly Dictionary<int, AddedToken> _byId = tokens.ToDictionary(token => token.Id);

    private readonly ILookup<char, AddedToken> _longestFirst =
        tokens.OrderByDescending(token => token.Content.Length).ToLookup(token => token.Content[0]);

    public ImmutableArray<AddedToken> All { get; } = tokens;

    public AddedToken? Find(string content) => _byContent.GetValueOrDefault(content);

    public AddedToken? Find(int id) => _byId.GetValueOrDefault(id);

    /// <returns>The pieces of <paramref name="text"/> in order: a token, or the range of text between tokens.</returns>
    public IEnumerable<(Range Text, AddedToken? Token)> Cut(string text)
    {
        var start = 0;
        while (start < text.Length)
        {
            var distance = All.IsEmpty ? -1 : text.AsSpan(start).IndexOfAny(_anyContent);
            if (distance < 0)
                break;

            var found = start + distance;
            if (distance > 0)
                yield return (start..found, null);

            var token = _longestFirst[text[found]].First(token => StartsAt(text, found, token.Content));
            start = found + token.Content.Length;
            yield return (found..start, token);
        }

        if (start < text.Length)
            yield return (start..text.Length, null);
    }

    private static bool StartsAt(string text, int start, string content) =>
        text.AsSpan(start).StartsWith(content, StringComparison.Ordinal);
}
