using System.Collections.Immutable;

namespace SeedOrleans.Engine.Data.Tasks;

/// <summary>A name that no task has.</summary>
public sealed class UnknownTaskException(string name, ImmutableArray<string> known)
    : Exception($"There is no task \"{name}\"; did you mean \"{Nearest(name, known)}\"? Known tasks: {string.Join(", ", known)}.")
{
    public string Name { get; } = name;

    public string NearestName { get; } = Nearest(name, known);

    private static string Nearest(string name, ImmutableArray<string> known) =>
        known.MinBy(candidate => EditDistance(name, candidate))!;

    /// <summary>Levenshtein's distance, over at most the first 64 characters.</summary>
    private static int EditDistance(string from, string to)
    {
        from = from.Length > 64 ? from[..64] : from;
        var distances = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = distances[0];
            distances[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = distances[j];
                distances[j] = Math.Min(replaced, Math.Min(distances[j], distances[j - 1]) + 1);
            }
        }

        return distances[^1];
    }
}
