using System.Collections.Immutable;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Specs;

/// <summary>Says which key somebody meant: one spelled like it, or the same word in another section.</summary>
internal static class UnknownKey
{
    public static string Describe(string key, string section, ImmutableArray<SpecProperty> known)
    {
        var nearest = Wording.Nearest(key, known.Select(property => property.Key));
        var elsewhere = KeyPaths(typeof(RunSpec), "").Where(path => path.EndsWith($".{key}", StringComparison.Ordinal) || path == key).ToList();

        return (elsewhere, nearest) switch
        {
            ([_, ..], _) => $"no such key here; did you mean {string.Join(" or ", elsewhere.Select(path => $"'{path}'"))}?",
            (_, { }) => $"no such key; did you mean '{nearest}'?",
            _ => $"no such key; {(section.Length == 0 ? "a spec" : section)} has {string.Join(", ", known.Select(property => property.Key))}",
        };
    }

    private static IEnumerable<string> KeyPaths(Type record, string path)
    {
        foreach (var property in SpecProperty.Of(record))
        {
            var child = path.Length == 0 ? property.Key : $"{path}.{property.Key}";
            yield return child;

            var inner = property.ItemType ?? property.Type;
            if (!SpecProperty.IsSection(inner))
                continue;

            foreach (var deeper in KeyPaths(inner, property.ItemType is null ? child : $"{child}.0"))
                yield return deeper;
        }
    }
}
