using System.Globalization;
using System.Text.RegularExpressions;

namespace SeedOrleans.Engine.Tests.Rewards.Logic.Oracles;

internal static class SequentialOracles
{
    public static IReadOnlyDictionary<string, Func<string, string, bool>> All { get; } = new Dictionary<string, Func<string, string, bool>>
    {
        ["sequence"] = (q, a) => q.Split(':') is var parts && a == (parts[0][0] switch
        {
            's' => string.Concat(parts[1].Order()),
            'r' => string.Concat(parts[1].Reverse()),
            _ => $"{parts[1].Count(c => c == parts[0][^1])}",
        }),
        ["word-sort"] = (q, a) =>
        {
            var parts = q.Split(':');
            var words = a.Split(',');
            var sign = parts[0] == "backwards" ? -1 : 1;
            return words.Order().SequenceEqual(parts[1].Split(',').Order())
                && words.Zip(words.Skip(1)).All(pair => sign * string.CompareOrdinal(Key(pair.First), Key(pair.Second)) < 0);

            string Key(string word) => parts[0] == "endings" ? string.Concat(word.Reverse()) : word;
        },
        ["brackets"] = (q, a) =>
        {
            var row = TaskOracles.AfterWord(q) + a;
            while (Regex.IsMatch(row, @"\(\)|\[\]|\{\}|<>"))
                row = Regex.Replace(row, @"\(\)|\[\]|\{\}|<>", "");
            return row.Length == 0 && Regex.IsMatch(a, @"^[]})>]+$");
        },
        ["stack-machine"] = (q, a) =>
        {
            var stack = new Stack<int>();
            foreach (var c in TaskOracles.AfterWord(q))
            {
                if (char.IsAsciiDigit(c))
                    stack.Push(c - '0');
                else if (c == 'x')
                    stack.Pop();
                else if (c == 'd')
                    stack.Push(stack.Peek());
                else
                {
                    var (top, below) = (stack.Pop(), stack.Pop());
                    if (c == 's')
                        stack.Push(top);
                    stack.Push(c switch { 's' => below, '+' => below + top, '-' => below - top, _ => below * top });
                }
            }

            return a == string.Join('.', stack.Reverse().Select(number => number.ToString(CultureInfo.InvariantCulture)));
        },
        ["transducer"] = (q, a) =>
        {
            var parts = q.Split(':');
            var (state, written) = ("a", "");
            foreach (var bit in parts[2])
            {
                var rule = Regex.Match(parts[1], $"{state}{bit}(.)(.)").Groups;
                (state, written) = (rule[1].Value, written + rule[2].Value);
            }

            return a == written;
        },
        ["swaps"] = (q, a) =>
        {
            // Each thing is followed by itself.
            var parts = q.Split(':');
            return a.Length == parts[1].Length && parts[1].Index().All(thing => a[End(thing.Index) - '1'] == thing.Item);

            char End(int start) => parts[2].Split(',').Aggregate(
                (char)('1' + start), (place, swap) => place == swap[0] ? swap[1] : place == swap[1] ? swap[0] : place);
        },
        ["robot-walk"] = (q, a) =>
        {
            var (east, north, stepEast, stepNorth) = (0, 0, 0, 1);
            foreach (var c in TaskOracles.AfterWord(q))
            {
                if (char.IsAsciiDigit(c))
                    (east, north) = (east + (c - '0') * stepEast, north + (c - '0') * stepNorth);
                for (var turn = "_rbl".IndexOf(c); turn > 0; turn--)
                    (stepEast, stepNorth) = (stepNorth, -stepEast);
            }

            var heading = (stepEast, stepNorth) switch { (0, 1) => 'n', (1, 0) => 'e', (0, -1) => 's', _ => 'w' };
            return a == FormattableString.Invariant($"{east}.{north}{heading}");
        },
        ["calendar"] = (q, a) =>
        {
            var parts = TaskOracles.AfterWord(q).Split('+');
            var start = DateTime.ParseExact(parts[0], "yyyy-MM-dd", CultureInfo.InvariantCulture);
            return a == start.AddDays(int.Parse(parts[1], CultureInfo.InvariantCulture)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        },
    };
}
