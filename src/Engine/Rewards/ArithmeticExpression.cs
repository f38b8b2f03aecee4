using System.Collections.Immutable;
using System.Globalization;

namespace SeedOrleans.Engine.Rewards;

/// <summary>Evaluates + - * / and brackets over whole numbers, exactly, and says which numbers it used.</summary>
/// <remarks>
/// sum = product { (+|-) product }; product = factor { (*|/) factor }; factor = number | ( sum ). No signs before numbers.
/// Length and depth are bounded, so hostile text costs nothing.
/// </remarks>
internal ref struct ArithmeticExpression
{
    private const int MaxLength = 256;
    private const int MaxDepth = 32;
    private const int MaxDigits = 9;

    private readonly ReadOnlySpan<char> _text;
    private readonly ImmutableArray<int>.Builder _used = ImmutableArray.CreateBuilder<int>();
    private int _position;

    private ArithmeticExpression(ReadOnlySpan<char> text) => _text = text;

    /// <returns>False where the text is no expression, divides by zero, or is out of bounds.</returns>
    public static bool TryEvaluate(string text, out ExactNumber value, out ImmutableArray<int> used)
    {
        value = default;
        used = [];
        if (text.Length > MaxLength)
            return false;

        var expression = new ArithmeticExpression(text);
        if (expression.Sum(depth: 0) is not { } result || !expression.IsAtEnd())
            return false;

        value = result;
        used = expression._used.DrainToImmutable();
        return true;
    }

    private ExactNumber? Sum(int depth)
    {
        var left = Product(depth);
        while (left is { } a && Peek() is '+' or '-')
        {
            var adds = _text[_position++] == '+';
            left = Product(depth) is { } b ? adds ? a + b : a - b : null;
        }

        return left;
    }

    private ExactNumber? Product(int depth)
    {
        var left = Factor(depth);
        while (left is { } a && Peek() is '*' or '/')
        {
            var multiplies = _text[_position++] == '*';
            left = Factor(depth) switch
            {
                { } b when multiplies => a * b,
                { IsZero: false } b => a / b,
                _ => null,
            };
        }

        return left;
    }

    private ExactNumber? Factor(int depth)
    {
        if (Peek() != '(')
            return Number();
        if (depth == MaxDepth)
            return null;

        _position++;
        var inner = Sum(depth + 1);
        if (Peek() != ')')
            return null;

        _position++;
        return inner;
    }

    private ExactNumber? Number()
    {
        var start = _position;
        while (_position < _text.Length && char.IsAsciiDigit(_text[_position]))
            _position++;

        if (_position - start is 0 or > MaxDigits)
            return null;

        var number = int.Parse(_text[start.._position], NumberStyles.None, CultureInfo.InvariantCulture);
        _used.Add(number);
        return number;
    }

    private bool IsAtEnd() => Peek() == '\0' && _position == _text.Length;

    /// <returns>The next character that is no space; '\0' at the end.</returns>
    private char Peek()
    {
        while (_position < _text.Length && _text[_position] == ' ')
            _position++;

        return _position < _text.Length ? _text[_position] : '\0';
    }
}
