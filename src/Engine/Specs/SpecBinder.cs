using System.Globalization;

namespace SeedOrleans.Engine.Specs;

/// <summary>Makes records out of what was written, by the records' own properties, and notes every mismatch on the way.</summary>
/// <remarks>
/// It always returns a record: what was missing or wrong keeps the type's default and counts as unusable in
/// <see cref="SpecProblems"/>, so that rules can look at the rest.
/// </remarks>
internal sealed class SpecBinder(SpecProblems problems)
{
    public TRecord Bind<TRecord>(SpecSection section) => (TRecord)BindSection(SpecRecords.Create(typeof(TRecord)), section, "");

    /// <param name="instance">Fresh, with the defaults that hold in this place.</param>
    private object BindSection(object instance, SpecSection section, string path)
    {
        var properties = SpecProperty.Of(instance.GetType());

        foreach (var (key, entry) in section.Entries)
        {
            var child = Join(path, key);
            problems.Remember(child, entry.Place);

            if (properties.FirstOrDefault(property => property.Key == key) is not { } known)
                problems.Add(entry.Place, child, UnknownKey.Describe(key, path, properties));
            else if (BindValue(known, known.Property.GetValue(instance), entry, child) is { } value)
                known.Property.SetValue(instance, value);
        }

        foreach (var property in properties)
        {
            if (property.IsRequired && !section.Entries.ContainsKey(property.Key))
                problems.Add(Join(path, property.Key), "is missing, and has no default");
        }

        return instance;
    }

    private object? BindValue(SpecProperty property, object? defaultValue, SpecEntry entry, string path)
    {
        if (entry.Value is SpecScalar { Kind: ScalarKind.Empty })
        {
            problems.Add(entry.Place, path, "has no value; give it one, or remove the key");
            return null;
        }

        if (entry.Value is SpecScalar { Kind: ScalarKind.Null } && property.IsNullable)
            return null;

        return property.ItemType is { } item
            ? BindList(item, entry, path)
            : BindNode(property.Type, defaultValue, property.Range, entry.Value, entry.Place, path);
    }

    private object? BindList(Type itemType, SpecEntry entry, string path)
    {
        if (entry.Value is not SpecList list)
        {
            problems.Add(entry.Place, path, $"must be a list, and is {Describe(entry.Value)}; begin each item with '- '");
            return null;
        }

        var items = Array.CreateInstance(itemType, list.Items.Count);
        for (var index = 0; index < list.Items.Count; index++)
        {
            var child = Join(path, $"{index}");
            problems.Remember(child, list.Items[index].Place);
            items.SetValue(BindNode(itemType, null, null, list.Items[index], list.Items[index].Place, child) ?? SpecRecords.Create(itemType), index);
        }

        return SpecRecords.CreateList(items);
    }

    private object? BindNode(Type type, object? defaultValue, ValueRange? range, SpecNode node, SpecPlace place, string path)
    {
        if (SpecProperty.IsSection(type))
        {
            if (node is SpecSection section)
                return BindSection(defaultValue ?? SpecRecords.Create(type), section, path);

            var word = SpecProperty.WordOf(type);
            if (node is SpecScalar written && written.Text == word?.Word)
            {
                var instance = defaultValue ?? SpecRecords.Create(type);
                word.Value.Property.Property.SetValue(instance, true);
                return instance;
            }

            problems.Add(place, path, $"must be a section with keys{(word is null ? "" : $" or '{word.Value.Word}'")}, and is {Describe(node)}");
            return null;
        }

        if (node is not SpecScalar scalar)
        {
            problems.Add(place, path, $"must be {SpecScalars.Describe(type)}, and is {Describe(node)}");
            return null;
        }

        var (value, refusal) = SpecScalars.Convert(scalar, type);
        if (refusal is null && range is not null && !range.Contains(Convert.ToDouble(value, CultureInfo.InvariantCulture)))
            refusal = $"must be {range}, and is {scalar.Text}";

        if (refusal is null)
            return value;

        problems.Add(place, path, refusal);
        return null;
    }

    private static string Describe(SpecNode node) => node switch
    {
        SpecSection => "a section",
        SpecList => "a list",
        SpecScalar { Kind: ScalarKind.Empty } => "empty",
        SpecScalar scalar => $"'{scalar.Text}'",
        _ => "something else",
    };

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
