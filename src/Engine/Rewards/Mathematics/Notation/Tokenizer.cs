using System.Collections.Immutable;

namespace SeedOrleans.Engine.Rewards.Mathematics.Notation;

/// <summary>Cuts LaTeX or plain text into tokens, and drops what only changes looks.</summary>
internal sealed class Tokenizer
{
    /// <summary>More than any answer has; all that follows is at worst quadratic in it.</summary>
    private const int MaxTokens = 600;

    private const int MaxTextDepth = 8;

    private readonly ImmutableArray<Token>.Builder _tokens = ImmutableArray.CreateBuilder<Token>();
    private readonly string _text;
    private readonly bool _joinsCommas;
    private readonly bool _isLatex;
    private readonly int _textDepth;
    private readonly bool _dropsDollars;
    private int _position;
    private int _brackets;
    private bool _space;

    private Tokenizer(string text, bool joinsCommas, bool isLatex, int textDepth) =>
        (_text, _joinsCommas, _isLatex, _textDepth, _dropsDollars) = (text, joinsCommas, isLatex, textDepth, HasPairs(text));

    /// <param name="text">Without the dollars around it.</param>
    /// <param name="joinsCommas">Whether 1,234 outside brackets is one number.</param>
    /// <returns>Null where a character says nothing in mathematics, or there are too many tokens.</returns>
    public static ImmutableArray<Token>? Cut(string text, bool joinsCommas)
    {
        var spelled = UnicodeNotation.Spell(text);
        var tokenizer = new Tokenizer(spelled, joinsCommas, spelled.Contains('\\'), textDepth: 0);
        return tokenizer.Run() ? tokenizer._tokens.DrainToImmutable() : null;
    }

    private bool Run()
    {
        while (_position < _text.Length)
        {
            if (_tokens.Count > MaxTokens || !Step(_text[_position]))
                return false;
        }

        return true;
    }

    private bool Step(char next)
    {
        if (char.IsWhiteSpace(next) || next == '~')
            return Skip(1);
        if (char.IsAsciiDigit(next) || (next == '.' && _position + 1 < _text.Length && char.IsAsciiDigit(_text[_position + 1])))
            return ReadNumber();
        if (next == '\\')
            return ReadCommand();
        if (char.IsAsciiLetter(next))
            return ReadLetters();

        return ReadSymbol(next);
    }

    private bool ReadNumber()
    {
        var token = new NumberScanner(_text, _joinsCommas && _brackets == 0, !_isLatex).Read(ref _position, _space);
        return token is { } number && Add(number);
    }

    private bool ReadSymbol(char next)
    {
        var pair = _position + 1 < _text.Length ? _text.AsSpan(_position, 2) : default;
        var joined = pair switch { "<=" => "≤", ">=" => "≥", "!=" => "≠", "==" => "=", "**" => "^", "->" or "=>" => "→", _ => "" };
        if (joined.Length > 0)
            return AddSymbol(joined, 2);
        if (_text.AsSpan(_position).StartsWith("+/-"))
            return AddSymbol("±", 3);
        if (next == '$' && _dropsDollars)
            return Skip(1);
        if (next == '.')
            return (_position + 1 == _text.Length || char.IsWhiteSpace(_text[_position + 1])) && Skip(1);

        if ("([".Contains(next))
            _brackets++;
        else if (")]".Contains(next))
            _brackets--;

        return "+-*/^_()[]{},;:|!%=<>&$'".Contains(next) && AddSymbol(next.ToString(), 1);
    }

    private bool ReadCommand()
    {
        var end = _position + 1;
        while (end < _text.Length && char.IsAsciiLetter(_text[end]))
            end++;

        if (end == _position + 1)
            end = Math.Min(end + 1, _text.Length);

        var name = _text[(_position + 1)..end];
        if (name.Length == 0)
            return false;

        if (Vocabulary.Texts.Contains(name))
            return ReadText(name, end);
        if (name is "mathbb" or "begin" or "end" or "hspace" or "color")
            return ReadArgument(name, end);
        if (name is "left" or "right" && end < _text.Length && _text[end] == '.')
            return Skip(end + 1 - _position);
        if (Vocabulary.Looks.Contains(name))
            return Skip(end - _position);
        if (Vocabulary.Symbols.TryGetValue(name, out var symbol))
        {
            _brackets += symbol switch { "\\{" => 1, "\\}" => -1, _ => 0 };
            return AddSymbol(symbol, end - _position);
        }

        name = name switch { "dfrac" or "tfrac" or "cfrac" => "frac", "dbinom" or "tbinom" => "binom", "varnothing" => "emptyset", "R" => "ℝ", _ => name };
        return Add(new Token(Vocabulary.Greek.Contains(name) ? TokenKind.Letter : TokenKind.Command, name, _space), end - _position);
    }

    /// <summary>Commands whose argument is a name: \mathbb{R}, \begin{pmatrix}; the columns of an array are dropped.</summary>
    private bool ReadArgument(string name, int end)
    {
        if (Braced(end) is not (var argument, var after))
            return name == "mathbb" && end < _text.Length
                && Add(new Token(TokenKind.Command, NamedSet(_text[end].ToString()), _space), end + 1 - _position);

        if (argument == "array" && name == "begin" && Braced(after) is (_, var afterColumns))
            after = afterColumns;

        return name is "hspace" or "color" ? Skip(after - _position)
            : Add(new Token(TokenKind.Command, name == "mathbb" ? NamedSet(argument) : $"{name} {argument}", _space), after - _position);
    }

    private static string NamedSet(string letter) => letter switch { "R" => "ℝ", "Z" => "ℤ", "N" => "ℕ", "Q" => "ℚ", "C" => "ℂ", _ => letter };

    private bool ReadText(string name, int end)
    {
        while (end < _text.Length && _text[end] == ' ')
            end++;

        if (Braced(end) is not (var content, var after))
            return Skip(end - _position);

        _space |= content.StartsWith(' ');
        var word = content.Trim();
        if (word is "and" or "or")
            return AddSymbol(word, after - _position);
        if (Vocabulary.Functions.TryGetValue(word, out var function))
            return Add(new Token(TokenKind.Command, function, _space), after - _position);
        if (IsVariable(name, word))
            return Add(new Token(TokenKind.Letter, word, _space), after - _position);
        if (word.AsSpan().IndexOfAnyInRange('0', '9') >= 0 || word.AsSpan().ContainsAny("\\$()%"))
            return Splice(content) && Skip(after - _position);

        word = word.Trim(',', '.', ':', ';');
        return word.Length == 0 ? Skip(after - _position) : Add(new Token(TokenKind.Words, word, _space), after - _position);
    }

    /// <summary>One upright letter is a variable; after a number it is a unit.</summary>
    private bool IsVariable(string command, string word) =>
        word.Length == 1 && char.IsAsciiLetter(word[0]) && command is "mathrm" or "operatorname"
        && (word is "e" or "i" || _tokens is not [.., { Kind: TokenKind.Number }]);

    /// <summary>Text that holds notation is read as notation.</summary>
    private bool Splice(string content)
    {
        var inner = new Tokenizer(content, _joinsCommas, _isLatex, _textDepth + 1);
        if (_textDepth == MaxTextDepth || !inner.Run())
            return false;

        _tokens.AddRange(inner._tokens);
        return true;
    }

    private bool ReadLetters()
    {
        if (BasedDigits.Read(_text, ref _position, _space) is { } number)
            return Add(number);

        var end = _position;
        while (end < _text.Length && char.IsAsciiLetter(_text[end]))
            end++;

        var afterValue = _tokens is [.., { Kind: TokenKind.Number or TokenKind.Words } or { Text: ")" or "}" or "/" }];
        foreach (var token in LetterRun.Cut(_text[_position..end], _space, afterValue))
            _tokens.Add(token);

        return Skip(end - _position, space: false);
    }

    /// <returns>What braces at a place hold, and the place behind them; null where there are none or they never close.</returns>
    private (string Content, int After)? Braced(int start) =>
        start < _text.Length && _text[start] == '{' && BraceScan.Close(_text, start) is > 0 and var close ? (_text[(start + 1)..close], close + 1) : null;

    /// <summary>Dollars in pairs set off formulas; one alone is money.</summary>
    private static bool HasPairs(string text) => (text.Count(next => next == '$') - text.AsSpan().Count("\\$")) is > 0 and var count && count % 2 == 0;

    private bool AddSymbol(string symbol, int length) => Add(new Token(TokenKind.Symbol, symbol, _space), length);

    private bool Add(Token token, int length = 0)
    {
        _tokens.Add(token);
        return Skip(length, space: false);
    }

    private bool Skip(int length, bool space = true)
    {
        _position += length;
        _space = space;
        return true;
    }
}
