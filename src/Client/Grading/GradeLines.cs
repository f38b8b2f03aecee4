using System.Collections.Immutable;
using System.Text.Json;
using SeedOrleans.Client.Commands;
using SeedOrleans.Client.Local;

namespace SeedOrleans.Client.Grading;

/// <summary>Reads JSON lines of <c>{"id","question","reference","response"}</c>; other keys are skipped.</summary>
/// <param name="takesJson">Whether a reference may be an object or a list.</param>
/// <param name="takesGroups">Whether a line may have <c>responses</c>, a list, in place of reference and response.</param>
internal sealed class GradeLines(JsonLines lines, bool takesJson, bool takesGroups = false)
{
    public const string Example = """{"id":"a","question":"1+1?","reference":"2","response":"Answer: 2"}""";

    /// <exception cref="CommandFailedException">A line cannot be graded; those before it were handed out.</exception>
    public IEnumerable<GradeLine> Read(Stream stream) => lines.Read(stream, (place, line) =>
    {
        var group = takesGroups ? Group(place, line) : [];
        return new GradeLine(
            place,
            lines.Id(place, line),
            Text(place, line, "question"),
            Text(place, line, "task"),
            Reference(place, line) ?? (group.IsEmpty ? throw lines.Refuse(place, "has no reference") : ""),
            Text(place, line, "response") ?? (group.IsEmpty ? throw lines.Refuse(place, "has no response") : ""),
            group);
    });

    private ImmutableArray<string> Group(string place, JsonElement line)
    {
        if (!line.TryGetProperty("responses", out var list) || list.ValueKind == JsonValueKind.Null)
            return [];

        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() < 2)
            throw lines.Refuse(place, "has responses that are no list of two or more");

        return [.. list.EnumerateArray().Select(item => TextOf(place, item, "response") ?? throw lines.Refuse(place, "has a response that is null"))];
    }

    private string? Reference(string place, JsonElement line) =>
        takesJson && line.TryGetProperty("reference", out var value) && value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? value.GetRawText() : Text(place, line, "reference");

    private string? Text(string place, JsonElement line, string key) => line.TryGetProperty(key, out var value) ? TextOf(place, value, key) : null;

    /// <returns>A string, or a number as it was written; null where it is null.</returns>
    private string? TextOf(string place, JsonElement value, string key)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.Null => null,
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
