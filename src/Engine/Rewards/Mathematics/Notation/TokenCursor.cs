using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using SeedOrleans.Engine.Rewards.Mathematics.Expressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Notation;

/// <summary>A place among tokens. A parser that cannot go on fails it; nothing is left to read then, so every loop ends.</summary>
internal sealed class TokenCursor(ImmutableArray<Token> tokens)
{
    /// <summary>How deep answers nest; the stack is safe far beyond.</summary>
    private const int MaxDepth = 40;

    private int _position;
    private int _depth;
    private Token? _rest;

    public bool Failed { get; private set; }

    /// <summary>Whether a bar where a factor may stand ends what is open, as in |x| and {x | x > 2}.</summary>
    public bool BarEnds { get; private set; }

    /// <summary>The last token taken.</summary>
    public Token Previous { get; private set; }

    public Token Current => _rest ?? Ahead(0);

    public Token Next => Ahead(_rest is null ? 1 : 0);

    public bool IsAtEnd => Current.Kind == TokenKind.End;

    public Token Ahead(int count) => _position + count < tokens.Length ? tokens[_position + count] : default;

    public Token Take()
    {
        Previous = Current;
        if (_rest is null)
            _position++;

        _rest = null;
        return Previous;
    }

    public bool TryTake(string symbol)
    {
        if (!Current.IsSymbol(symbol))
            return false;

        Take();
        return true;
    }

    public void Expect(string symbol)
    {
        if (!TryTake(symbol))
            Fail();
    }

    /// <summary>Takes the first digit of the number here, as TeX reads an argument without braces.</summary>
    public Token TakeDigit()
    {
        var number = Take();
        if (number.Text.Length > 1 && number.Text.All(char.IsAsciiDigit))
        {
            var rest = number.Text[1..];
            _rest = new Token(TokenKind.Number, rest, false, BigInteger.Parse(rest, CultureInfo.InvariantCulture));
            return new Token(TokenKind.Number, number.Text[..1], number.AfterSpace, number.Text[0] - '0');
        }

        return number;
    }

    /// <summary>Reads what brackets hold.</summary>
    public Expression Nested(bool barEnds, Func<TokenCursor, Expression> parse)
    {
        if (_depth == MaxDepth)
            return Fail();

        var outer = BarEnds;
        (BarEnds, _depth) = (barEnds, _depth + 1);
        var result = parse(this);
        (BarEnds, _depth) = (outer, _depth - 1);
        return result;
    }

    public Expression Fail()
    {
        (Failed, _position, _rest) = (true, tokens.Length, null);
        return Expression.Nothing;
    }
}
