using System.Text.RegularExpressions;

namespace SeedOrleans.Engine.Tests.Rewards.Logic.Oracles;

internal static class GridOracles
{
    public static IReadOnlyDictionary<string, Func<string, string, bool>> All { get; } = new Dictionary<string, Func<string, string, bool>>
    {
        ["sudoku"] = (q, a) =>
        {
            if (!FillsLatin(TaskOracles.AfterWord(q), a))
                return false;
            var rows = a.Split('/');
            var (height, width) = rows.Length switch { 4 => (2, 2), 6 => (2, 3), _ => (3, 3) };
            var seen = new HashSet<(int, int, char)>();
            return rows.Index().All(row => row.Item.Index().All(cell => seen.Add((row.Index / height, cell.Index / width, cell.Item))));
        },
        ["futoshiki"] = (q, a) =>
        {
            var parts = q.Split(':');
            return FillsLatin(parts[1], a) && a.Split('/') is var rows
                && parts[2].Split(',').All(sign => rows[sign[1] - '1'][sign[0] - 'a'] < rows[sign[4] - '1'][sign[3] - 'a']);
        },
        ["skyscrapers"] = (q, a) =>
        {
            var parts = q.Split(':');
            if (!FillsLatin(parts[1], a))
                return false;
            var (rows, columns, views) = (a.Split('/'), Columns(a), parts[2].Split(','));
            return Sees(columns, views[0]) && Sees([.. columns.Select(Backwards)], views[1])
                && Sees(rows, views[2]) && Sees([.. rows.Select(Backwards)], views[3]);
        },
        ["binary-puzzle"] = (q, a) => Regex.IsMatch(a, "^" + TaskOracles.AfterWord(q).Replace(".", "[01]", StringComparison.Ordinal) + "$")
            && a.Split('/').Concat(Columns(a)).All(line =>
                line.Replace("0", "", StringComparison.Ordinal).Length * 2 == line.Length && !Regex.IsMatch(line, "000|111")),
        ["n-queens"] = (q, a) =>
        {
            var given = TaskOracles.AfterWord(q);
            var last = (char)('a' + given.Length - 1);
            return Regex.IsMatch(a, "^" + given.Replace(".", $"[a-{last}]", StringComparison.Ordinal) + "$")
                && a.Distinct().Count() == a.Length
                && a.Select((c, row) => c + row).Distinct().Count() == a.Length
                && a.Select((c, row) => c - row).Distinct().Count() == a.Length;
        },
        ["kakurasu"] = (q, a) =>
        {
            var sums = TaskOracles.AfterWord(q).Split('/');
            return IsBits(a, sums[0].Split(',').Length, sums[1].Split(',').Length)
                && string.Join(',', a.Split('/').Select(Weight)) == sums[0] && string.Join(',', Columns(a).Select(Weight)) == sums[1];
        },
        ["nonogram"] = (q, a) =>
        {
            var runs = TaskOracles.AfterWord(q).Split('/');
            return IsBits(a, runs[0].Split(',').Length, runs[1].Split(',').Length)
                && string.Join(',', a.Split('/').Select(Runs)) == runs[0] && string.Join(',', Columns(a).Select(Runs)) == runs[1];
        },
        ["minesweeper"] = (q, a) =>
        {
            var board = TaskOracles.AfterWord(q);
            return Regex.IsMatch(a, "^" + board.Replace("?", "[*-]", StringComparison.Ordinal) + "$") && a.Split('/') is var rows
                && rows.Index().All(row => row.Item.Index().All(cell =>
                    !char.IsAsciiDigit(cell.Item) || cell.Item - '0' == Count(rows, row.Index, cell.Index, '*')));
        },
        ["game-of-life"] = (q, a) =>
        {
            var rows = TaskOracles.AfterWord(q).Split('/');
            for (var generation = 0; generation < q["life".Length] - '0'; generation++)
            {
                var now = rows;
                rows =
                [
                    .. now.Select((row, r) => string.Concat(row.Select((cell, c) =>
                        Count(now, r, c, '1') switch { 3 => '1', 2 => cell, _ => '0' }))),
                ];
            }

            return a == string.Join('/', rows);
        },
    };

    private static bool FillsLatin(string given, string a)
    {
        var side = given.IndexOf('/');
        return Regex.IsMatch(a, "^" + given.Replace(".", $"[1-{side}]", StringComparison.Ordinal) + "$")
            && a.Split('/').Concat(Columns(a)).All(line => string.Concat(line.Order()) == "123456789"[..side]);
    }

    private static string[] Columns(string board) =>
        [.. Enumerable.Range(0, board.IndexOf('/')).Select(column => string.Concat(board.Split('/').Select(row => row[column])))];

    private static string Backwards(string line) => string.Concat(line.Reverse());

    private static bool Sees(string[] lines, string counts) => lines.Zip(counts).All(pair =>
        pair.Second == '0'
        || pair.First.Where((tower, place) => pair.First[..place].All(before => before < tower)).Count() == pair.Second - '0');

    private static bool IsBits(string a, int height, int width) => Regex.IsMatch(a, $"^[01]{{{width}}}(/[01]{{{width}}}){{{height - 1}}}$");

    private static int Weight(string line) => Enumerable.Range(1, line.Length).Sum(place => place * (line[place - 1] - '0'));

    private static string Runs(string line) =>
        line.Contains('1') ? string.Join('.', Regex.Matches(line, "1+").Select(match => match.Length)) : "0";

    private static int Count(string[] rows, int row, int column, char what)
    {
        var count = 0;
        for (var r = 0; r < rows.Length; r++)
        {
            for (var c = 0; c < rows[r].Length; c++)
                count += rows[r][c] == what && Math.Max(Math.Abs(r - row), Math.Abs(c - column)) == 1 ? 1 : 0;
        }

        return count;
    }
}
