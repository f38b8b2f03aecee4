using System.Globalization;

namespace SeedOrleans.Engine.Data.Tasks.Arithmetic;

/// <summary>A positive whole number and an expression for it with no more brackets than it needs.</summary>
/// <param name="Binding">How tightly the outermost operator binds.</param>
internal sealed record ArithmeticTerm(int Value, string Text, int Binding)
{
    private const int Sum = 1, Product = 2, Number = 3;

    public static ArithmeticTerm Of(int number) => new(number, number.ToString(CultureInfo.InvariantCulture), Number);

    /// <returns>
    /// Every way to join two terms to a whole number from 1 to <paramref name="largest"/>: never none, as a ≥ b gives a − b or
    /// a / b = 1.
    /// </returns>
    public static IEnumerable<(char Sign, ArithmeticTerm Left, ArithmeticTerm Right, ArithmeticTerm Joined)> Combine(
        ArithmeticTerm first, ArithmeticTerm second, int largest)
    {
        var (left, right) = first.Value >= second.Value ? (first, second) : (second, first);

        if (left.Value + right.Value <= largest)
            yield return ('+', left, right, Join(left, '+', right, left.Value + right.Value, Sum));
        if (left.Value > right.Value)
            yield return ('-', left, right, Join(left, '-', right, left.Value - right.Value, Sum));
        if (left.Value * right.Value <= largest)
            yield return ('*', left, right, Join(left, '*', right, left.Value * right.Value, Product));
        if (left.Value % right.Value == 0)
            yield return ('/', left, right, Join(left, '/', right, left.Value / right.Value, Product));
    }

    private static ArithmeticTerm Join(ArithmeticTerm left, char sign, ArithmeticTerm right, int value, int binding)
    {
        var leftText = left.Binding < binding ? $"({left.Text})" : left.Text;
        var needsBrackets = right.Binding < binding || (right.Binding == binding && (sign is '-' or '/'));
        return new ArithmeticTerm(value, $"{leftText}{sign}{(needsBrackets ? $"({right.Text})" : right.Text)}", binding);
    }
}
