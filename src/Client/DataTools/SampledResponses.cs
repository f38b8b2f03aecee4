using System.Collections.Immutable;
using System.Text.Json;
using SeedOrleans.Client.Commands;
using SeedOrleans.Client.Local;

namespace SeedOrleans.Client.DataTools;

/// <summary>Reads sampled responses, several a question: JSON lines of <c>{"id" or "row","response"}</c>; other keys are skipped.</summary>
internal static class SampledResponses
{
    private const string Example = """{"row":12,"response":"Answer: 2"}, or with the row's "id" in place of its number""";

    /// <returns>By row number.</returns>
    /// <exception cref="CommandFailedException">A line is none, or names no row.</exception>
    public static Dictionary<int, List<string>> Read(SeedConsole console, string file, DataTable table)
    {
        var lines = new JsonLines(file, Example);
        var ids = table.Lines.Select(line => (Id: line.FindId(), line.Number)).Where(row => row.Id is not null).ToLookup(row => row.Id!, row => row.Number);
        var numbers = table.Lines.Select(line => line.Number).ToHashSet();
        var responses = new Dictionary<int, List<string>>();

        using var stream = lines.Open(console);
        foreach (var (row, response) in lines.Read(stream, (place, line) => (RowOf(place, line), ResponseOf(place, line))))
        {
            if (!responses.TryGetValue(row, out var others))
                responses.Add(row, others = []);

            others.Add(response);
        }

        return responses;

        int RowOf(string place, JsonElement line)
        {
            if (line.TryGetProperty("row", out var number))
                return number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var row) && numbers.Contains(row)
                    ? row
                    : throw lines.Refuse(place, $"names a row that {table.File} does not have");

            var written = lines.Id(place, line);
            var id = line.GetProperty("id") is { ValueKind: JsonValueKind.String } text ? TextOf(place, text) : written;
            ImmutableArray<int> named = [.. ids[id]];
            return named switch
            {
                [var row] => row,
                [] => throw lines.Refuse(place, $"names an id that {table.File} does not have"),
                _ => throw lines.Refuse(place, $"names an id that {named.Length} rows of {table.File} have"),
            };
        }

        string ResponseOf(string place, JsonElement line) =>
            line.TryGetProperty("response", out var response) && response.ValueKind == JsonValueKind.String
                ? TextOf(place, response)
                : throw lines.Refuse(place, "has no response that is a string");

        string TextOf(string place, JsonElement text)
        {
            try
            {
                return text.GetString()!;
            }
            catch (InvalidOperationException)
            {
                // Half a surrogate pair is valid JSON and no text.
                throw lines.Refuse(place, "has half a character in it");
            }
        }
    }
}
