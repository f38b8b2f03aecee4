using System.Collections.Immutable;
using SeedOrleans.Engine.Rewards.Mathematics.Expressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Notation;

/// <summary>Reads answers that are words and nothing else.</summary>
internal static class WordsParser
{
    /// <returns>Null where any token is more than words.</returns>
    public static Expression? Parse(ImmutableArray<Token> tokens)
    {
        if (!tokens.Any(token => token.Kind == TokenKind.Words) || !tokens.All(MayStandAmongWords))
            return null;

        var phrases = ImmutableArray.CreateBuilder<Expression>();
        var (phrase, separator) = (new List<string>(), "");
        foreach (var token in tokens.Append(default))
        {
            if (token.Kind is TokenKind.Words or TokenKind.Letter || token.Text is "-" or "'")
            {
                phrase.Add(token.Text);
                continue;
            }

            if (token.Text is "and" or "or")
                separator = token.Text;
            if (phrase.Count > 0)
                phrases.Add(Phrase(string.Join(' ', phrase)));

            phrase.Clear();
        }

        return phrases.Count == 1 ? phrases[0] : Expression.Named(Operator.List, separator.Length > 0 ? separator : ",", phrases.DrainToImmutable());
    }

    private static bool MayStandAmongWords(Token token) =>
        token.Kind is TokenKind.Words or TokenKind.Letter || token is { Kind: TokenKind.Symbol, Text: "," or "and" or "or" or "'" or "-" };

    private static Expression Phrase(string phrase)
    {
        var words = Normalize(phrase);
        return words switch
        {
            "all real numbers" or "all reals" or "real numbers" or "the real numbers" => Expression.RealNumbers,
            "empty set" or "the empty set" => Expression.Of(Operator.Set),
            _ => Expression.Words(words),
        };
    }

    /// <returns>Lower case, one space between words, no article in front, no punctuation.</returns>
    public static string Normalize(string phrase)
    {
        var words = phrase.ToLowerInvariant().Split([' ', '\t', '\n', '-', '\'', ',', '.'], StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words is ["the" or "a" or "an", _, ..] ? words[1..] : words);
    }
}
