using System.Runtime.CompilerServices;
using System.Text.Json;

namespace SeedOrleans.Engine.Data.Files;

/// <summary>One JSON object a line; blank lines are skipped.</summary>
internal static class JsonLinesFile
{
    public static async IAsyncEnumerable<RawRow> ReadAsync(
        string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                yield return Parse(number, line);
        }
    }

    private static RawRow Parse(int number, string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new RawRow(number, document.RootElement.Clone(), null)
                : new RawRow(number, default, $"line {number} is not an object");
        }
        catch (JsonException exception)
        {
            return new RawRow(number, default, $"line {number} is not JSON ({exception.Message})");
        }
    }
}
