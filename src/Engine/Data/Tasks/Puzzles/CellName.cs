using System.Globalization;

namespace SeedOrleans.Engine.Data.Tasks.Puzzles;

/// <summary>Cells by column letter and row number from the top left: <c>a1</c>, <c>c2</c>.</summary>
internal static class CellName
{
    public const int MaxSide = 26;

    public static string Of(int row, int column) => string.Create(CultureInfo.InvariantCulture, $"{Symbols.Letters[column]}{row + 1}");

    /// <returns>Null where the text names no cell.</returns>
    public static (int Row, int Column)? TryParse(string text) =>
        text.Length is 2 or 3
        && char.IsAsciiLetterLower(text[0])
        && text[1] != '0'
        && int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var row)
        && row <= MaxSide
            ? (row - 1, text[0] - 'a')
            : null;
}
