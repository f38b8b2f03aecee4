using System.Globalization;
using System.Text.RegularExpressions;

namespace SeedOrleans.Engine.Tests.Rewards.Logic.Oracles;

/// <summary>Ciphers are checked by enciphering the answer.</summary>
internal static class CrypticOracles
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    public static IReadOnlyDictionary<string, Func<string, string, bool>> All { get; } = new Dictionary<string, Func<string, string, bool>>
    {
        ["caesar"] = (q, a) =>
        {
            var parts = Regex.Match(q, "^caesar([0-9]+):(.*)$").Groups;
            var places = int.Parse(parts[1].Value, CultureInfo.InvariantCulture);
            return IsPlain(a)
                && string.Concat(a.Select(c => c == '-' ? c : (Letters + Letters)[Letters.IndexOf(c) + places])) == parts[2].Value;
        },
        ["vigenere"] = (q, a) =>
        {
            var parts = q.Split(':');
            var (cipher, used) = ("", 0);
            foreach (var c in a.Where(_ => IsPlain(a)))
                cipher += c == '-' ? c : (Letters + Letters)[Letters.IndexOf(c) + Letters.IndexOf(parts[1][used++ % parts[1].Length])];
            return cipher == parts[2];
        },
        ["substitution"] = (q, a) =>
        {
            var parts = q.Split(':');
            var key = "";
            foreach (var c in parts[1] + Letters)
                key += key.Contains(c) ? "" : c;
            return IsPlain(a) && string.Concat(a.Select(c => c == '-' ? c : key[Letters.IndexOf(c)])) == parts[2];
        },
        ["rail-fence"] = (q, a) =>
        {
            var rails = new string[q["rails".Length] - '0'];
            var (rail, step) = (0, 1);
            foreach (var c in a)
            {
                rails[rail] += c;
                if (rail + step < 0 || rail + step == rails.Length)
                    step = -step;
                rail += step;
            }

            return string.Concat(rails) == TaskOracles.AfterWord(q);
        },
        ["run-length"] = (q, a) =>
        {
            var text = TaskOracles.AfterWord(q);
            while (text.Any(c => !char.IsAsciiLetter(c)))
            {
                text = Regex.Replace(text, "([0-9])([a-z])", Repeated);
                text = Regex.Replace(text, @"([0-9])\(([a-z]+)\)", Repeated);
            }

            return a == text;
        },
        ["anagram"] = (q, a) =>
        {
            // Every subset of the list whose letters fit.
            var parts = q.Split(':');
            var list = parts[2].Split(',');
            return Enumerable.Range(1, (1 << list.Length) - 1)
                .Select(bits => list.Where((_, place) => (bits >> place & 1) == 1).ToList())
                .Where(words => string.Concat(words.SelectMany(word => word).Order()) == string.Concat(parts[1].Order()))
                .Any(words => words.Order().SequenceEqual(a.Split('-').Order()));
        },
    };

    private static string Repeated(Match match) =>
        string.Concat(Enumerable.Repeat(match.Groups[2].Value, match.Groups[1].Value[0] - '0'));

    private static bool IsPlain(string text) => text.All(c => c == '-' || Letters.Contains(c));
}
