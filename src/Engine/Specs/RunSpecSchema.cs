using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Specs;

/// <summary>Writes the JSON Schema (draft 7, which editors know best) of a run's spec, from the records and their comments.</summary>
public static class RunSpecSchema
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Generate()
    {
        var comments = SpecComments.Load();
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "SeedOrleans run spec",
        };

        foreach (var (key, value) in DescribeRecord(SpecRecords.Create(typeof(RunSpec)), comments.Of(typeof(RunSpec)), comments))
            schema[key] = value?.DeepClone();

        return schema.ToJsonString(Readable) + "\n";
    }

    private static JsonObject DescribeRecord(object defaults, string comment, SpecComments comments)
    {
        var known = SpecProperty.Of(defaults.GetType());
        var properties = new JsonObject();

        foreach (var property in known)
            properties[property.Key] = DescribeProperty(property, property.Property.GetValue(defaults), comments);

        var schema = new JsonObject { ["description"] = comment, ["type"] = "object", ["properties"] = properties };
        if (known.Any(property => property.IsRequired))
            schema["required"] = new JsonArray([.. known.Where(property => property.IsRequired).Select(property => (JsonNode)property.Key)]);

        schema["additionalProperties"] = false;
        return schema;
    }

    private static JsonObject DescribeProperty(SpecProperty property, object? defaultValue, SpecComments comments)
    {
        var comment = comments.Of(property.Property);
        if (property.ItemType is { } item)
        {
            var items = DescribeRecord(SpecRecords.Create(item), comments.Of(item), comments);
            return new JsonObject { ["description"] = comment.Length > 0 ? comment : comments.Of(item), ["type"] = "array", ["items"] = items };
        }

        if (SpecProperty.IsSection(property.Type))
        {
            var section = DescribeRecord(defaultValue ?? SpecRecords.Create(property.Type), comment.Length > 0 ? comment : comments.Of(property.Type), comments);
            section["type"] = TypeOf("object", property);
            if (SpecProperty.WordOf(property.Type) is not { } word)
                return section;

            var description = section["description"]!.DeepClone();
            section.Remove("description");
            return new JsonObject { ["description"] = description, ["anyOf"] = new JsonArray(new JsonObject { ["const"] = word.Word }, section) };
        }

        var schema = new JsonObject { ["type"] = TypeOf(JsonType(property.Type), property) };
        if (comment.Length > 0)
            schema.Insert(0, "description", comment);

        if (property.Type.IsEnum)
        {
            JsonNode?[] names = [.. Enum.GetNames(property.Type).Select(name => (JsonNode)Wording.ToSnakeCase(name))];
            schema["enum"] = new JsonArray(property.IsNullable ? [.. names, null] : names);
        }

        if (property is { Key: "name", Type: var type } && type == typeof(string))
            schema["pattern"] = SpecRules.NamePattern;

        if (property.Range is { } range)
            AddRange(schema, range);

        if (!property.IsRequired && defaultValue is not (null or IEnumerable and not string))
            schema["default"] = property.Type.IsEnum ? Wording.ToSnakeCase($"{defaultValue}") : JsonSerializer.SerializeToNode(defaultValue, property.Type);

        return schema;
    }

    private static void AddRange(JsonObject schema, ValueRange range)
    {
        schema[range.IsMinimumExcluded ? "exclusiveMinimum" : "minimum"] = range.Minimum;
        if (range.Maximum is { } maximum)
            schema[range.IsMaximumExcluded ? "exclusiveMaximum" : "maximum"] = maximum;
    }

    private static JsonNode TypeOf(string type, SpecProperty property) => property.IsNullable ? new JsonArray(type, "null") : type;

    private static string JsonType(Type type) => type switch
    {
        _ when type == typeof(bool) => "boolean",
        _ when type == typeof(int) || type == typeof(long) => "integer",
        _ when type == typeof(double) => "number",
        _ => "string",
    };
}
