using System.Collections.Immutable;
using System.Globalization;
using SeedOrleans.Engine.Data.Tasks.Puzzles;

namespace SeedOrleans.Engine.Data.Tasks.Search;

/// <summary>Jugs a, b, … and an amount to measure: <c>3,5&gt;4</c>.</summary>
/// <param name="Capacities">One for each jug, at most 26.</param>
internal sealed record WaterJugs(ImmutableArray<int> Capacities, int Goal)
{
    public const char Fill = '+', Empty = '-';

    /// <exception cref="FormatException">The text is no such puzzle.</exception>
    public static WaterJugs Parse(string text) =>
        text.Split('>') is [var capacities, var goal] && capacities.Split(',') is { Length: <= 26 } jugs
            ? new WaterJugs([.. jugs.Select(Number)], Number(goal))
            : throw new FormatException($"\"{text}\" is no puzzle such as 3,5>4.");

    /// <returns>Every move there is: <c>+a</c> fills a, <c>-a</c> empties it, <c>ab</c> pours a into b.</returns>
    public IEnumerable<string> Moves() =>
        from target in Symbols.Letters[..Capacities.Length]
        from source in $"{Fill}{Empty}{Symbols.Letters[..Capacities.Length]}"
        where source != target
        select $"{source}{target}";

    /// <summary>Pouring stops when one jug is empty or the other is full.</summary>
    /// <param name="move">One of <see cref="Moves"/>.</param>
    /// <returns>The new levels.</returns>
    public int[] Pour(int[] levels, string move)
    {
        int[] after = [.. levels];
        var target = move[1] - 'a';
        if (move[0] is Fill or Empty)
        {
            after[target] = move[0] == Fill ? Capacities[target] : 0;
            return after;
        }

        var source = move[0] - 'a';
        var poured = Math.Min(levels[source], Capacities[target] - levels[target]);
        after[source] -= poured;
        after[target] += poured;
        return after;
    }

    public bool IsMeasured(int[] levels) => levels.Contains(Goal);

    public override string ToString() => $"{string.Join(',', Capacities)}>{Goal}";

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1_000_000
            ? number
            : throw new FormatException($"\"{text}\" is no amount of water.");
}
