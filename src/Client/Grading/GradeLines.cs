using System.Text.Json;
using SeedOrleans.Client.Commands;
using SeedOrleans.Client.Local;

namespace SeedOrleans.Client.Grading;

/// <summary>Reads JSON lines of <c>{"id","question","reference","response"}</c>; other keys are skipped.</summary>
/// <param name="takesJson">Whether a reference may be an object or a list.</param>
internal sealed class GradeLines(JsonLines lines, bool takesJson)
{
    public const string Example = """{"id":"a","question":"1+1?","reference":"2","response":"Answer: 2"}""";

    /// <exception cref="CommandFailedException">A line cannot be graded; those before it were handed out.</exception>
    public IEnumerable<GradeLine> Read(Stream stream) => lines.Read(stream, (place, line) => new GradeLine(
        place,
        lines.Id(place, line),
        Text(place, line, "question"),
        Text(place, line, "task"),
        Reference(place, line) ?? throw lines.Refuse(place, "has no reference"),
        Text(place, line, "response") ?? throw lines.Refuse(place, "has no response")));

    private string? Reference(string place, JsonElement line) =>
        takesJson && line.TryGetProperty("reference", out var value) && value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? value.GetRawText() : Text(place, line, "reference");

    /// <returns>A string, or a number as it was written; null where the key is missing or null.</returns>
    private string? Text(string place, JsonElement line, string key)
    {
        if (!line.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;

        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => throw lines.Refuse(place, $"has a {key} that is no string"),
            };
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is valid JSON and no text.
            throw lines.Refuse(place, $"has a {key} with half a character in it");
        }
    }
}
