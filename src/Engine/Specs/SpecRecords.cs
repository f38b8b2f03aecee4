using System.Collections.Immutable;
using System.Reflection;

namespace SeedOrleans.Engine.Specs;

/// <summary>Makes the records of a spec before their values are known.</summary>
internal static class SpecRecords
{
    private static readonly MethodInfo ToImmutableArray =
        typeof(SpecRecords).GetMethod(nameof(ToImmutable), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <returns>A record with its defaults, and empty sections and lists where it has no default.</returns>
    public static object Create(Type record)
    {
        var instance = Activator.CreateInstance(record)!;
        foreach (var property in SpecProperty.Of(record).Where(property => property is { IsRequired: true, IsNullable: false }))
        {
            if (property.ItemType is { } item)
                property.Property.SetValue(instance, CreateList(Array.CreateInstance(item, 0)));
            else if (SpecProperty.IsSection(property.Type))
                property.Property.SetValue(instance, Create(property.Type));
        }

        return instance;
    }

    /// <returns>An immutable array of the same items.</returns>
    public static object CreateList(Array items) =>
        ToImmutableArray.MakeGenericMethod(items.GetType().GetElementType()!).Invoke(null, [items])!;

    private static ImmutableArray<TItem> ToImmutable<TItem>(TItem[] items) => [.. items];
}
