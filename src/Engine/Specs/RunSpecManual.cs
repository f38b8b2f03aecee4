using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Specs;

/// <summary>Writes docs/spec.md: every key of a spec with its type, default and meaning, from the records and their comments.</summary>
public static class RunSpecManual
{
    private const string Opening = """
        # The run spec

        A run is described by one YAML file. `seed validate FILE` checks it, and everything that starts a run checks it first: all
        mistakes are listed at once, each with file, line, key and the way out, and nothing has started yet.

        - Keys and words are `snake_case`. Unknown and repeated keys are errors. `data.train` and `data.evaluation` are lists.
        - Scalars follow the core schema of YAML 1.2: `1e-6` is a number, `010` is ten, `yes` is text. Text that looks like a number wants quotes.
        - Anchors, aliases, merge keys, tags and second documents are refused.
        - Paths are relative to the spec's folder; on the command line, to the current folder.
        - `key.path=value` after the file overrides a key, and a number picks from a list: `training.steps=50 data.train.0.difficulty=3`.
          `key.path=null` takes an optional key away. A value that begins with `[`, `{` or a quote is read as YAML.
        - `schemas/run.schema.json` tells an editor all this; the examples name it in their first line.

        This page is generated from the records in `src/Domain/Specs`: `seed schema --manual`.

        """;

    public static string Generate()
    {
        var page = new StringBuilder(Opening);
        AddSection(page, SpecRecords.Create(typeof(RunSpec)), "", SpecComments.Load());
        return page.Replace("\r\n", "\n").ToString();
    }

    private static void AddSection(StringBuilder page, object defaults, string path, SpecComments comments)
    {
        var properties = SpecProperty.Of(defaults.GetType());

        page.Append(CultureInfo.InvariantCulture, $"\n## {(path.Length == 0 ? "The top" : $"`{path}`")}\n\n{comments.Of(defaults.GetType())}\n\n");
        page.Append("| key | takes | default | meaning |\n|---|---|---|---|\n");
        foreach (var property in properties)
        {
            page.Append(CultureInfo.InvariantCulture,
                $"| `{property.Key}` | {Takes(property)} | {Default(property, defaults)} | {Meaning(property, comments)} |\n");
        }

        AddWords(page, properties, comments);

        foreach (var property in properties)
        {
            var child = path.Length == 0 ? property.Key : $"{path}.{property.Key}";
            // Lists of the same record stand side by side and have the same keys; the first explains both.
            if (property.ItemType is { } item && properties.First(other => other.ItemType == item) == property)
                AddSection(page, SpecRecords.Create(item), $"{child}.N", comments);
            else if (property.ItemType is null && SpecProperty.IsSection(property.Type))
                AddSection(page, property.Property.GetValue(defaults) ?? SpecRecords.Create(property.Type), child, comments);
        }
    }

    private static void AddWords(StringBuilder page, ImmutableArray<SpecProperty> properties, SpecComments comments)
    {
        foreach (var type in properties.Select(property => property.Type).Where(type => type.IsEnum))
        {
            var explained = Enum.GetNames(type).Select(name => (Word: Wording.ToSnakeCase(name), Meaning: comments.OfName(type, name)))
                .Where(word => word.Meaning.Length > 0).ToList();

            foreach (var (word, meaning) in explained)
                page.Append(CultureInfo.InvariantCulture, $"{(word == explained[0].Word ? "\n" : "")}- `{word}`: {meaning}\n");
        }
    }

    private static string Takes(SpecProperty property) => property switch
    {
        { ItemType: not null } => "list of sections",
        { Type.IsEnum: true } => string.Join(", ", Enum.GetNames(property.Type).Select(name => $"`{Wording.ToSnakeCase(name)}`")),
        _ when SpecProperty.IsSection(property.Type) => SpecProperty.WordOf(property.Type) is { } word ? $"section, `{word.Word}`" : "section",
        { Range: { } range } => $"{SpecScalars.Describe(property.Type)}, {range}",
        _ => SpecScalars.Describe(property.Type),
    };

    private static string Default(SpecProperty property, object defaults) => (property, property.Property.GetValue(defaults)) switch
    {
        ({ IsRequired: true }, _) => "required",
        ({ ItemType: not null }, _) => "empty",
        ({ Property.DeclaringType: var record }, null) when record == typeof(AlgorithmSpec) => "the preset's",
        (_, null) => "left out",
        (_, bool value) => value ? "`true`" : "`false`",
        (_, Enum value) => $"`{Wording.ToSnakeCase(value.ToString())}`",
        (_, IFormattable value) => $"`{value.ToString(null, CultureInfo.InvariantCulture).ToLowerInvariant()}`",
        _ => "its defaults",
    };

    private static string Meaning(SpecProperty property, SpecComments comments) =>
        (comments.Of(property.Property) is { Length: > 0 } comment ? comment : comments.Of(property.ItemType ?? property.Type))
        .Replace("|", "\\|", StringComparison.Ordinal);
}
