using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Specs;

/// <summary>One key of a spec section: a property of its record.</summary>
/// <param name="Type">Of the value, without nullability; for a list, the list's.</param>
/// <param name="ItemType">Of a list's items; null for all else.</param>
internal sealed record SpecProperty(string Key, PropertyInfo Property, Type Type, Type? ItemType, bool IsRequired, bool IsNullable, ValueRange? Range)
{
    /// <returns>The keys of a section's record, in the order they are declared.</returns>
    public static ImmutableArray<SpecProperty> Of(Type record) =>
        [.. record.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).Select(Of)];

    /// <summary>Whether the type is a record with keys of its own.</summary>
    public static bool IsSection(Type type) => type.IsClass && type != typeof(string);

    /// <returns>The word that a section may be written as, and the key that it makes true; null where there is none.</returns>
    public static (string Word, SpecProperty Property)? WordOf(Type record) => Of(record)
        .Select(property => (property.Property.GetCustomAttribute<SpecWordAttribute>()?.Word, property))
        .FirstOrDefault(each => each.Word is not null) is { Word: { } word } found ? (word, found.property) : null;

    private static SpecProperty Of(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var isList = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>);
        var isNullable = new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;

        return new SpecProperty(
            Wording.ToSnakeCase(property.Name),
            property,
            type,
            isList ? type.GetGenericArguments()[0] : null,
            property.IsDefined(typeof(RequiredMemberAttribute)),
            isNullable,
            ValueRange.Of(property));
    }
}
