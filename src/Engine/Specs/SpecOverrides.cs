using System.Globalization;

namespace SeedOrleans.Engine.Specs;

/// <summary>Lays <c>key.path=value</c> from the command line over what a file says; later ones win.</summary>
/// <remarks>A number in the path picks from a list: <c>data.train.0.difficulty=3</c>.</remarks>
internal static class SpecOverrides
{
    public static void Apply(SpecSection root, IReadOnlyList<string> overrides, SpecProblems problems)
    {
        foreach (var text in overrides)
            Apply(root, text, problems);
    }

    private static void Apply(SpecSection root, string text, SpecProblems problems)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var path = equals < 0 ? text : text[..equals];
        var keys = path.Split('.');

        if (equals < 0 || keys.Any(string.IsNullOrWhiteSpace))
        {
            problems.Add(SpecPlace.CommandLine, path, $"'{text}' is no override; write key.path=value, for example training.steps=50");
            return;
        }

        if (ReadValue(text[(equals + 1)..], problems) is not { } value)
            return;

        SpecNode at = root;
        for (var depth = 0; depth < keys.Length; depth++)
        {
            var isLast = depth == keys.Length - 1;
            switch (at)
            {
                case SpecSection section:
                    var entry = section.Entries.GetValueOrDefault(keys[depth]);
                    if (isLast)
                        section.Entries[keys[depth]] = new SpecEntry(SpecPlace.CommandLine, value);
                    else if (entry?.Value is not (SpecSection or SpecList or SpecScalar { Kind: not (ScalarKind.Null or ScalarKind.Empty) }))
                        section.Entries[keys[depth]] = entry = new SpecEntry(SpecPlace.CommandLine, new SpecSection(SpecPlace.CommandLine, []));

                    at = isLast ? at : entry!.Value;
                    break;

                case SpecList list when int.TryParse(keys[depth], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Items.Count:
                    if (isLast)
                        list.Items[index] = value;

                    at = list.Items[index];
                    break;

                case SpecList list:
                    problems.Add(SpecPlace.CommandLine, path,
                        $"the list {string.Join('.', keys[..depth])} has {list.Items.Count} items, counted from 0; '{keys[depth]}' is none of them");
                    return;

                default:
                    problems.Add(SpecPlace.CommandLine, path, $"{string.Join('.', keys[..depth])} is a single value, it has no keys");
                    return;
            }
        }
    }

    /// <summary>Lists, sections and quoted text are read as YAML; all else is one unquoted scalar, whatever signs it has.</summary>
    private static SpecNode? ReadValue(string text, SpecProblems problems) => text is ['[' or '{' or '"' or '\'', ..]
        ? SpecYaml.Read(text, _ => SpecPlace.CommandLine, problems)
        : new SpecScalar(SpecPlace.CommandLine, text, CoreSchema.Resolve(text));
}
