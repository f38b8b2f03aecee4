using System.Collections.Frozen;
using SeedOrleans.Engine.Rewards.Mathematics.Equality;

namespace SeedOrleans.Engine.Rewards.Mathematics.Notation;

/// <summary>Decides what letters without a space between them are: a function, a unit, a word, or variables side by side.</summary>
internal static class LetterRun
{
    /// <summary>Longer runs that mean nothing are words.</summary>
    private const int MaxVariables = 3;

    private static readonly string[] Prefixes = ["arcsin", "arccos", "arctan", "sqrt", "sin", "cos", "tan", "cot", "sec", "csc", "log", "ln", "pi"];

    /// <summary>Short words that are no products of variables.</summary>
    private static readonly FrozenSet<string> CommonWords = FrozenSet.ToFrozenSet(
        [
            "yes", "no", "all", "the", "is", "of", "to", "if", "for", "not", "any", "odd", "DNE", "per", "are", "by", "at", "on", "an", "it", "as", "be", "so", "we", "he", "red", "ten",
            "one", "two", "six",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <param name="afterValue">Whether something with a unit may stand before.</param>
    public static IEnumerable<Token> Cut(string letters, bool afterSpace, bool afterValue)
    {
        if (letters is "and" or "or")
            return [new Token(TokenKind.Symbol, letters, afterSpace)];
        if (letters is "in" && !afterValue)
            return [new Token(TokenKind.Symbol, "∈", afterSpace)];
        if (Vocabulary.Functions.TryGetValue(letters, out var function))
            return [new Token(TokenKind.Command, function, afterSpace)];
        if (Vocabulary.PlainWords.TryGetValue(letters, out var command))
            return [Vocabulary.Symbols.TryGetValue(command, out var symbol) ? new(TokenKind.Symbol, symbol, afterSpace) : new(TokenKind.Command, command, afterSpace)];
        if (letters.Length == 1 || Vocabulary.Greek.Contains(letters))
            return [new Token(TokenKind.Letter, letters, afterSpace)];
        if (afterValue && Units.Find(letters) is not null)
            return [new Token(TokenKind.Words, letters, afterSpace)];
        if (Prefixed(letters, afterSpace) is { } cut)
            return cut;

        return letters.Length <= MaxVariables && !CommonWords.Contains(letters)
            ? letters.Select((letter, place) => new Token(TokenKind.Letter, letter.ToString(), place == 0 && afterSpace))
            : [new Token(TokenKind.Words, letters, afterSpace)];
    }

    /// <summary>Reads sinx as sin x, and 2pir as 2 π r.</summary>
    private static IEnumerable<Token>? Prefixed(string letters, bool afterSpace)
    {
        var prefix = Array.Find(Prefixes, name => letters.StartsWith(name, StringComparison.Ordinal));
        if (prefix is null || letters.Length - prefix.Length > 1)
            return null;

        return [new Token(TokenKind.Command, prefix, afterSpace), .. Cut(letters[prefix.Length..], afterSpace: false, afterValue: true)];
    }
}
