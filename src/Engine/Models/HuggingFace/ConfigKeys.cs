using System.Globalization;
using System.Text.Json;

namespace SeedOrleans.Engine.Models.HuggingFace;

/// <summary>The keys of one JSON object, asked for by any of their spellings; a null counts as left out.</summary>
/// <param name="path">The file, for messages.</param>
internal readonly struct ConfigKeys(string path, JsonElement json)
{
    private readonly JsonElement _json = json;

    public JsonElement? Find(params ReadOnlySpan<string> spellings)
    {
        JsonElement? found = null;
        foreach (var key in spellings)
        {
            if (!_json.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null)
                continue;

            if (found is { } other && !JsonElement.DeepEquals(other, value))
                throw Refusal($"{string.Join(" and ", spellings.ToArray())} mean the same but differ; remove one of them");

            found = value;
        }

        return found;
    }

    public ConfigKeys? Object(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } json => new ConfigKeys(path, json),
        { } other => throw Unfit(key, other, "an object"),
    };

    public int Integer(params ReadOnlySpan<string> spellings) =>
        OptionalInteger(spellings) ?? throw Refusal($"{spellings[0]} is missing; add it as the model's authors published it");

    public int? OptionalInteger(params ReadOnlySpan<string> spellings) =>
        Find(spellings) is { } value ? Integer(spellings[0], value) : null;

    public int[] Integers(string key)
    {
        var path = this;
        return Find(key) switch
        {
            null => [],
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(value => path.Integer(key, value))],
            { } single => [Integer(key, single)],
        };
    }

    public double? Number(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value => value.GetDouble(),
        { } other => throw Unfit(key, other, "a number"),
    };

    public bool Flag(string key, bool fallback) => Find(key) switch
    {
        null => fallback,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } other => throw Unfit(key, other, "true or false"),
    };

    public string? Text(params ReadOnlySpan<string> spellings) => Find(spellings) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        { } other => throw Unfit(spellings[0], other, "a string"),
    };

    public ModelFolderException Refusal(string problem) => new(path, problem);

    private int Integer(string key, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var integer))
            throw Unfit(key, value, string.Create(CultureInfo.InvariantCulture, $"a whole number up to {int.MaxValue}"));

        return integer;
    }

    private ModelFolderException Unfit(string key, JsonElement value, string wanted)
    {
        var text = value.GetRawText();
        return Refusal($"{key} is {(text.Length > 40 ? text[..40] + "…" : text)}, not {wanted}");
    }
}
