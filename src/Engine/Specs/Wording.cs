namespace SeedOrleans.Engine.Specs;

/// <summary>How names are spelled in a spec, and which known word somebody meant.</summary>
public static class Wording
{
    /// <returns><c>max_response_tokens</c> for <c>MaxResponseTokens</c>.</returns>
    public static string ToSnakeCase(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    /// <returns>The word that takes the fewest edits, or null where none is near.</returns>
    public static string? Nearest(string written, IEnumerable<string> known)
    {
        var nearest = known.Select(word => (Word: word, Edits: Edits(written, word))).MinBy(candidate => candidate.Edits);

        return nearest.Word is { } found && nearest.Edits <= Math.Max(2, Math.Max(written.Length, found.Length) / 2) ? found : null;
    }

    /// <summary>Insertions, deletions, substitutions and swaps of neighbours between two words (optimal string alignment).</summary>
    internal static int Edits(string left, string right)
    {
        var edits = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    edits[i, j] = i + j;
                    continue;
                }

                var substitution = edits[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                edits[i, j] = Math.Min(substitution, 1 + Math.Min(edits[i - 1, j], edits[i, j - 1]));

                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
            }
        }

        return edits[left.Length, right.Length];
    }
}
