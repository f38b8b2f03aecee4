namespace SeedOrleans.Engine.Data.Tasks.Puzzles;

/// <summary>A rectangle of characters, written as its rows with '/' between them: <c>12/3.</c>.</summary>
internal sealed class Board
{
    private readonly string[] _rows;

    private Board(string[] rows) => _rows = rows;

    public int Height => _rows.Length;

    public int Width => _rows[0].Length;

    public int Cells => Height * Width;

    public char this[int row, int column] => _rows[row][column];

    /// <summary>Cells counted from 0, row after row.</summary>
    public char this[int cell] => _rows[cell / Width][cell % Width];

    public static Board Of(int height, int width, Func<int, int, char> cell) =>
        new([.. Enumerable.Range(0, height).Select(row => string.Concat(Enumerable.Range(0, width).Select(column => cell(row, column))))]);

    /// <returns>Null where the rows are empty or of different lengths.</returns>
    public static Board? TryParse(string text)
    {
        var rows = text.Split('/');
        return rows[0].Length > 0 && rows.All(row => row.Length == rows[0].Length) ? new Board(rows) : null;
    }

    /// <exception cref="FormatException">The text is no rectangle.</exception>
    public static Board Parse(string text) => TryParse(text) ?? throw new FormatException("The rows of a board are of one length.");

    public bool Contains(int row, int column) => row >= 0 && row < Height && column >= 0 && column < Width;

    public string Row(int row) => _rows[row];

    public string Column(int column) => string.Concat(_rows.Select(row => row[column]));

    /// <returns>Rows, then columns.</returns>
    public IEnumerable<string> Lines() => [.. _rows, .. Enumerable.Range(0, Width).Select(Column)];

    /// <returns>The up to eight cells around one.</returns>
    public IEnumerable<(int Row, int Column)> Around(int row, int column) =>
        from r in Enumerable.Range(row - 1, 3)
        from c in Enumerable.Range(column - 1, 3)
        where (r, c) != (row, column) && Contains(r, c)
        select (r, c);

    /// <returns>The up to four cells that share a side with one.</returns>
    public IEnumerable<(int Row, int Column)> Beside(int row, int column) =>
        Around(row, column).Where(cell => cell.Row == row || cell.Column == column);

    public int Find(char symbol) => string.Concat(_rows).IndexOf(symbol);

    public override string ToString() => string.Join('/', _rows);
}
