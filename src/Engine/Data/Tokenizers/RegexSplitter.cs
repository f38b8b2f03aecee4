using System.Text.RegularExpressions;

namespace SeedOrleans.Engine.Data.Tokenizers;

/// <summary>Each match of a pattern is a piece, and each stretch between matches is.</summary>
/// <remarks>.NET's patterns see UTF-16 units: letters beyond U+FFFF are no <c>\p{L}</c> to them, so rare scripts may split otherwise.</remarks>
internal sealed class RegexSplitter(Regex pattern) : ITextSplitter
{
    /// <summary>Patterns come from files: one that takes longer on a text is broken or hostile.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="ArgumentException">Not a pattern.</exception>
    public RegexSplitter(string pattern)
        : this(new Regex(pattern, RegexOptions.CultureInvariant, Patience))
    {
    }

    public void Split(string text, Range range, List<Range> pieces)
    {
        var (start, length) = range.GetOffsetAndLength(text.Length);
        var end = start + length;
        foreach (var match in pattern.EnumerateMatches(text.AsSpan(range)))
        {
            var found = range.Start.Value + match.Index;
            if (match.Length == 0)
                continue;
            if (found > start)
                pieces.Add(start..found);

            start = found + match.Length;
            pieces.Add(found..start);
        }

        if (start < end)
            pieces.Add(start..end);
    }
}
