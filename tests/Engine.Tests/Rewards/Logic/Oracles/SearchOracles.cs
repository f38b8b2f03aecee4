using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace SeedOrleans.Engine.Tests.Rewards.Logic.Oracles;

internal static class SearchOracles
{
    public static IReadOnlyDictionary<string, Func<string, string, bool>> All { get; } = new Dictionary<string, Func<string, string, bool>>
    {
        ["maze"] = Maze,
        ["word-search"] = (q, a) =>
        {
            var parts = q.Split(':');
            var rows = parts[2].Split('/');
            if (!Regex.IsMatch(a, "^[a-z][1-9][0-9]?-[a-z][1-9][0-9]?$"))
                return false;

            // Every line of every direction from every cell.
            return (from r in Enumerable.Range(0, rows.Length)
                    from c in Enumerable.Range(0, rows.Length)
                    from down in (int[])[-1, 0, 1]
                    from right in (int[])[-1, 0, 1]
                    let n = parts[1].Length - 1
                    where (down, right) != (0, 0) && Inside(r + n * down, c + n * right, rows.Length)
                    where Enumerable.Range(0, n + 1).All(i => rows[r + i * down][c + i * right] == parts[1][i])
                    select $"{(char)('a' + c)}{r + 1}-{(char)('a' + c + n * right)}{r + n * down + 1}").Contains(a);
        },
        ["sliding-puzzle"] = (q, a) =>
        {
            var parts = TaskOracles.AfterWord(q).Split('>');
            var (board, width) = (parts[0], parts[0].IndexOf('/') + 1);
            foreach (var tile in a)
            {
                var (gap, from) = (board.IndexOf('.'), board.IndexOf(tile));
                if (!char.IsAsciiDigit(tile) || from < 0 || (Math.Abs(gap - from) != 1 && Math.Abs(gap - from) != width))
                    return false;
                board = board.Replace('.', '?').Replace(tile, '.').Replace('?', tile);
            }

            return board == parts[1];
        },
        ["lights-out"] = (q, a) =>
        {
            var rows = TaskOracles.AfterWord(q).Split('/');
            var presses = a.Split('-');
            if (presses.Distinct().Count() < presses.Length || !presses.All(press =>
                Regex.IsMatch(press, "^[a-z][1-9]$") && press[0] - 'a' < rows[0].Length && press[1] - '1' < rows.Length))
                return false;

            return rows.Index().All(row => row.Item.Index().All(cell => (cell.Item - '0' + presses.Count(press =>
                Math.Abs(press[0] - 'a' - cell.Index) + Math.Abs(press[1] - '1' - row.Index) <= 1)) % 2 == 0));
        },
        ["water-jugs"] = (q, a) =>
        {
            var parts = TaskOracles.AfterWord(q).Split('>');
            var sizes = parts[0].Split(',').Select(Number).ToArray();
            var levels = new int[sizes.Length];
            var last = (char)('a' + sizes.Length - 1);
            foreach (var move in a.Split(','))
            {
                if (!Regex.IsMatch(move, $"^[-+a-{last}][a-{last}]$") || move[0] == move[1])
                    return false;
                var to = move[1] - 'a';
                if (move[0] == '+')
                    levels[to] = sizes[to];
                else if (move[0] == '-')
                    levels[to] = 0;
                else
                    for (; levels[move[0] - 'a'] > 0 && levels[to] < sizes[to]; levels[to]++)
                        levels[move[0] - 'a']--; // drop by drop
            }

            return levels.Any(level => level == Number(parts[1]));
        },
        ["subset-sum"] = (q, a) =>
        {
            var parts = TaskOracles.AfterWord(q).Split('>');
            var numbers = parts[0].Split(',').Order(StringComparer.Ordinal).ToList();
            var goal = Number(parts[1]);
            return Enumerable.Range(1, (1 << numbers.Count) - 1)
                .Select(bits => numbers.Where((_, place) => (bits >> place & 1) == 1).ToList())
                .Where(some => some.Sum(Number) == goal)
                .Any(some => some.SequenceEqual(a.Split('+').Order(StringComparer.Ordinal)));
        },
        ["knight-path"] = (q, a) =>
        {
            var parts = q["knight".Length..].Split(':', '>');
            var side = Number(parts[0]);
            var cells = a.Split('-');
            if (cells[0] != parts[1] || cells[^1] != parts[2] || cells.Any(cell => !Board(side).Contains(cell)))
                return false;

            HashSet<string> reached = [parts[1]];
            var moves = 0;
            for (; !reached.Contains(parts[2]); moves++)
                reached.UnionWith(Board(side).Where(cell => reached.Any(from => IsKnights(from, cell))).ToList());
            return cells.Length == moves + 1 && cells.Zip(cells.Skip(1)).All(pair => IsKnights(pair.First, pair.Second));
        },
    };

    private static bool Maze(string q, string a)
    {
        // Complex numbers as places: right is 1, down is i.
        var free = TaskOracles.AfterWord(q).Split('/').SelectMany((row, r) => row.Select((cell, c) => (Place: new Complex(c, r), cell)))
            .Where(pair => pair.cell != '#').ToDictionary(pair => pair.Place, pair => pair.cell);
        var steps = new Dictionary<char, Complex> { ['r'] = 1, ['l'] = -1, ['d'] = Complex.ImaginaryOne, ['u'] = -Complex.ImaginaryOne };
        var place = free.Single(pair => pair.Value == 's').Key;
        HashSet<Complex> reached = [place];
        foreach (var move in a)
        {
            if (!steps.TryGetValue(move, out var step) || !free.ContainsKey(place += step))
                return false;
        }

        var fewest = 0;
        for (; !reached.Any(one => free[one] == 'e'); fewest++)
            reached.UnionWith(reached.SelectMany(one => steps.Values.Select(step => one + step)).Where(free.ContainsKey).ToList());
        return free[place] == 'e' && (q.StartsWith("maze", StringComparison.Ordinal) || a.Length == fewest);
    }

    private static bool Inside(int row, int column, int side) => Math.Min(row, column) >= 0 && Math.Max(row, column) < side;

    private static IEnumerable<string> Board(int side) =>
        Enumerable.Range(0, side * side).Select(cell => $"{(char)('a' + cell / side)}{cell % side + 1}");

    private static bool IsKnights(string from, string to)
    {
        int right = Math.Abs(from[0] - to[0]), down = Math.Abs(Number(from[1..]) - Number(to[1..]));
        return (right, down) is (1, 2) or (2, 1);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
