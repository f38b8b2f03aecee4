using System.Text.RegularExpressions;

namespace SeedOrleans.Engine.Tests.Rewards.Logic.Oracles;

/// <summary>Statements are evaluated by rewriting their text until one digit is left.</summary>
internal static class LogicOracles
{
    public static IReadOnlyDictionary<string, Func<string, string, bool>> All { get; } = new Dictionary<string, Func<string, string, bool>>
    {
        ["knights-and-knaves"] = (q, a) =>
        {
            var sayings = q.Split(',').Select(saying => saying[2..]).ToList();
            return Regex.IsMatch(a, "^[kn]+$") && a.Length == sayings.Count
                && sayings.Zip(a).All(pair => IsTrue(pair.First, letter => a[letter - 'a'] == 'k') == (pair.Second == 'k'));
        },
        ["truth-table"] = (q, a) =>
        {
            var formula = TaskOracles.AfterWord(q);
            var letters = formula.Where(char.IsAsciiLetter).Distinct().Order().ToList();
            var table = "";
            for (var row = 0; row < Math.Pow(2, letters.Count); row++)
                table += IsTrue(formula, letter => row / (int)Math.Pow(2, letters.Count - 1 - letters.IndexOf(letter)) % 2 == 1) ? 1 : 0;
            return a == table;
        },
        ["ordering"] = (q, a) => q.Split(':') is var parts && Arranged(parts[1], parts[2], a),
        ["zebra"] = (q, a) => q.Split(':') is var parts && Arranged(parts[1], parts[2], a),
        ["satisfiability"] = (q, a) =>
        {
            var clauses = TaskOracles.AfterWord(q).Split(',');
            var count = "abcdefghijklmnopqrstuvwxyz".IndexOf(string.Concat(clauses).ToLowerInvariant().Max()) + 1;
            return Regex.IsMatch(a, "^[01]+$") && a.Length == count
                && clauses.All(clause => clause.Any(c => char.IsLower(c) ? a[c - 'a'] == '1' : a[c - 'A'] == '0'));
        },
        ["mastermind"] = (q, a) =>
        {
            var list = TaskOracles.AfterWord(q).Split(',').Select(guess => guess.Split('>')).ToList();
            return Regex.IsMatch(a, $"^[1-{q["code".Length]}]+$")
                && a.Length == list[0][0].Length
                && list.All(guess => Marks(guess[0], a) == guess[1]);
        },
    };

    private static bool IsTrue(string formula, Predicate<char> isTrue)
    {
        var text = string.Concat(formula.Select(c => char.IsAsciiLetter(c) ? isTrue(c) ? '1' : '0' : c));
        while (text.Length > 1)
        {
            text = text.Replace("!0", "1", StringComparison.Ordinal).Replace("!1", "0", StringComparison.Ordinal);
            text = Regex.Replace(text, @"\(1&1\)|\([01]\|1\)|\(1\|0\)|\(0>[01]\)|\(1>1\)|\(0~0\)|\(1~1\)", "1");
            text = Regex.Replace(text, @"\(0&[01]\)|\(1&0\)|\(0\|0\)|\(1>0\)|\(0~1\)|\(1~0\)", "0");
        }

        return text == "1";
    }

    private static bool Arranged(string kinds, string clues, string a)
    {
        if (!a.Split('/').Select(row => string.Concat(row.Order())).SequenceEqual(kinds.Split('/')))
            return false;

        var width = kinds.Split('/')[0].Length + 1;
        return clues.Split(',').All(clue =>
        {
            var first = a.IndexOf(clue[0]) % width;
            var second = a.IndexOf(clue[^1]) % width;
            return clue.Length == 2 ? first + 1 == clue[1] - '0'
                : clue[1] == '=' ? first == second
                : clue[1] == '<' ? first < second
                : first == second + 1 || first + 1 == second;
        });
    }

    private static string Marks(string guess, string code)
    {
        var (left, exact, misplaced) = (code.ToList(), 0, 0);
        for (var i = 0; i < guess.Length; i++)
            exact += guess[i] == code[i] && left.Remove(guess[i]) ? 1 : 0;
        for (var i = 0; i < guess.Length; i++)
            misplaced += guess[i] != code[i] && left.Remove(guess[i]) ? 1 : 0;
        return $"{exact}{misplaced}";
    }
}
