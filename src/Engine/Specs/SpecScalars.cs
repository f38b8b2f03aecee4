using System.Globalization;

namespace SeedOrleans.Engine.Specs;

/// <summary>Turns a scalar into the type that a key asks for, without guessing: text is no number, and a number is no text.</summary>
internal static class SpecScalars
{
    /// <returns>The value, or in words why there is none.</returns>
    public static (object? Value, string? Refusal) Convert(SpecScalar scalar, Type type)
    {
        object? value = type switch
        {
            _ when type == typeof(string) => ToText(scalar),
            _ when type == typeof(bool) => scalar.Kind == ScalarKind.Boolean ? bool.Parse(scalar.Text) : null,
            _ when type == typeof(int) => ToInteger(scalar) is { } number && number >= int.MinValue && number <= int.MaxValue ? (int)number : null,
            _ when type == typeof(long) => ToInteger(scalar) is { } number && number >= long.MinValue && number <= long.MaxValue ? (long)number : null,
            _ when type == typeof(double) => ToDouble(scalar),
            _ when type.IsEnum => ToEnum(scalar, type),
            _ => throw new NotSupportedException($"A spec cannot hold a {type.Name}; teach {nameof(SpecScalars)} to read one."),
        };

        return value is null ? (null, Refuse(scalar, type)) : (value, null);
    }

    /// <returns>For example <c>a whole number</c>.</returns>
    public static string Describe(Type type) => type switch
    {
        _ when type == typeof(string) => "text",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type.IsEnum => $"one of {string.Join(", ", Enum.GetNames(type).Select(Wording.ToSnakeCase))}",
        _ => "a number",
    };

    private static string? ToText(SpecScalar scalar) => scalar switch
    {
        { Text: "" } => null,
        // A shell takes quotes away, so that on the command line everything may be meant as text.
        { Kind: ScalarKind.Text } => scalar.Text,
        _ => scalar.Place.IsCommandLine() ? scalar.Text : null,
    };

    private static Int128? ToInteger(SpecScalar scalar)
    {
        if (scalar.Kind != ScalarKind.Integer || scalar.Text.Length > 30)
            return null;

        return scalar.Text switch
        {
            ['0', 'x', .. var digits] => Int128.Parse("0" + digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            ['0', 'o', .. var digits] => digits.Aggregate((Int128)0, (number, digit) => number * 8 + (digit - '0')),
            _ => Int128.Parse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        };
    }

    private static double? ToDouble(SpecScalar scalar)
    {
        if (ToInteger(scalar) is { } integer)
            return (double)integer;

        return scalar.Kind is ScalarKind.Float or ScalarKind.Integer
            && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;
    }

    private static object? ToEnum(SpecScalar scalar, Type type)
    {
        var written = scalar.Text.Replace('-', '_');
        var name = Enum.GetNames(type).FirstOrDefault(name => Wording.ToSnakeCase(name) == written);
        return name is null ? null : Enum.Parse(type, name);
    }

    private static string Refuse(SpecScalar scalar, Type type)
    {
        var wish = $"must be {Describe(type)}, and is ";

        if (type.IsEnum)
        {
            var nearest = Wording.Nearest(scalar.Text, Enum.GetNames(type).Select(Wording.ToSnakeCase));
            return $"{wish}'{scalar.Text}'" + (nearest is null ? "" : $"; did you mean '{nearest}'?");
        }

        return scalar switch
        {
            { Text: "" } => $"{wish}empty",
            _ when type == typeof(string) => $"{wish}{scalar.Text}; put it in quotes",
            { Kind: ScalarKind.Text } when CoreSchema.Resolve(scalar.Text) != ScalarKind.Text => $"{wish}text; remove the quotes around {scalar.Text}",
            { Kind: ScalarKind.Integer or ScalarKind.Float } when type == typeof(double) => $"must be a finite number, and is {scalar.Text}",
            { Kind: ScalarKind.Integer } when type != typeof(bool) => $"{scalar.Text} is too large",
            _ => $"{wish}{(scalar.Kind == ScalarKind.Text ? $"'{scalar.Text}'" : scalar.Text)}",
        };
    }
}
