using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;

namespace SeedOrleans.Engine.Rewards.Mathematics.Equality;

/// <summary>Units of measure and how they convert. Factors are exact; temperatures have none, because their zeros differ.</summary>
internal static class Units
{
    /// <summary>Dimension, names, how many of the dimension's own units one is.</summary>
    private static readonly FrozenDictionary<string, (string Dimension, ExactNumber Factor)> Catalogue = Of(
    [
        ("length", "m meter meters metre metres", "1"), ("length", "km kilometer kilometers kilometre kilometres", "1000"),
        ("length", "cm centimeter centimeters centimetre centimetres", "1/100"), ("length", "mm millimeter millimeters millimetre millimetres", "1/1000"),
        ("length", "dm decimeter decimeters", "1/10"), ("length", "inch inches in", "254/10000"), ("length", "foot feet ft", "3048/10000"),
        ("length", "yard yards yd", "9144/10000"), ("length", "mile miles mi", "1609344/1000"),
        ("mass", "g gram grams", "1"), ("mass", "kg kilogram kilograms", "1000"), ("mass", "mg milligram milligrams", "1/1000"), ("mass", "ton tons tonne tonnes", "1000000"),
        ("mass", "lb lbs pound pounds", "45359237/100000"), ("mass", "oz ounce ounces", "45359237/1600000"),
        ("time", "s sec secs second seconds", "1"), ("time", "min mins minute minutes", "60"), ("time", "h hr hrs hour hours", "3600"), ("time", "ms millisecond milliseconds", "1/1000"),
        ("time", "day days", "86400"), ("time", "week weeks", "604800"), ("month", "month months", "1"), ("month", "year years yr yrs", "12"),
        ("volume", "L l liter liters litre litres", "1"), ("volume", "mL ml milliliter milliliters millilitre millilitres", "1/1000"),
        ("fluid", "gallon gallons gal", "16"), ("fluid", "quart quarts qt", "4"), ("fluid", "pint pints pt", "2"), ("fluid", "cup cups", "1"),
        ("dollar", "$ dollar dollars USD usd", "1"), ("dollar", "cent cents ¢", "1/100"), ("euro", "€ euro euros EUR", "1"), ("sterling", "£", "1"), ("yen", "¥ yen", "1"),
        ("angle", "° degree degrees deg", "1"), ("celsius", "°C", "1"), ("fahrenheit", "°F", "1"),
        ("force", "N newton newtons", "1"), ("energy", "J joule joules", "1"), ("energy", "kJ", "1000"), ("power", "W watt watts", "1"), ("power", "kW", "1000"),
        ("frequency", "Hz hertz", "1"), ("pressure", "Pa", "1"), ("charge", "C", "1"), ("voltage", "V volt volts", "1"), ("current", "A amp amps", "1"),
        ("amount", "mol mole moles", "1"), ("length^1 time^-1", "mph", "1609344/3600000"), ("length^1 time^-1", "kph kmh", "1000/3600"),
    ]);

    /// <returns>Null where the name is no unit.</returns>
    public static UnitOfMeasure? Find(string name) =>
        Catalogue.TryGetValue(name, out var unit) ? new UnitOfMeasure(unit.Dimension, unit.Factor, IsKnown: true) : null;

    /// <summary>Reads cm^2, m/s^2, square inches, km per hour, apples.</summary>
    public static UnitOfMeasure Read(string text)
    {
        var powers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (factor, isKnown, sign, power) = (ExactNumber.One, true, 1, 1);
        foreach (var word in text.Replace("/", " / ", StringComparison.Ordinal).Split([' ', '.'], StringSplitOptions.RemoveEmptyEntries))
        {
            switch (word)
            {
                case "/" or "per":
                    sign = -1;
                    continue;
                case "square" or "sq":
                    power = 2;
                    continue;
                case "cubic" or "cu":
                    power = 3;
                    continue;
                case "of" or "the" or "and" or "a":
                    continue;
            }

            var (name, exponent) = Exponent(word);
            exponent *= sign * power;
            power = 1;
            if (Find(name) is { } unit)
            {
                factor *= Power(unit.Factor, exponent);
                foreach (var (dimension, count) in Dimensions(unit.Dimension))
                    powers[dimension] = powers.GetValueOrDefault(dimension) + (count * exponent);
            }
            else
            {
                isKnown = false;
                powers[Singular(name)] = powers.GetValueOrDefault(Singular(name)) + exponent;
            }
        }

        return new UnitOfMeasure(string.Join(' ', powers.Where(entry => entry.Value != 0).Select(entry => $"{entry.Key}^{entry.Value}")), factor, isKnown);
    }

    private static IEnumerable<(string Dimension, int Count)> Dimensions(string dimension) =>
        dimension.Split(' ').Select(part => part.Split('^')).Select(pair => (pair[0], pair.Length == 1 ? 1 : int.Parse(pair[1], CultureInfo.InvariantCulture)));

    private static (string Name, int Power) Exponent(string word) =>
        word.Split('^') is [var name, var power] && int.TryParse(power, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent) && Math.Abs(exponent) <= 9
            ? (name, exponent)
            : (word, 1);

    private static ExactNumber Power(ExactNumber factor, int exponent)
    {
        var power = new ExactNumber(BigInteger.Pow(factor.Numerator, Math.Abs(exponent)), BigInteger.Pow(factor.Denominator, Math.Abs(exponent)));
        return exponent < 0 ? ExactNumber.One / power : power;
    }

    private static string Singular(string word)
    {
        word = word.ToLowerInvariant();
        return word.Length > 3 && word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) ? word[..^1] : word;
    }

    private static FrozenDictionary<string, (string, ExactNumber)> Of(IEnumerable<(string Dimension, string Names, string Factor)> rows)
    {
        var units = new Dictionary<string, (string, ExactNumber)>();
        foreach (var (dimension, names, factor) in rows)
        {
            var parts = factor.Split('/').Select(part => BigInteger.Parse(part, CultureInfo.InvariantCulture)).ToArray();
            foreach (var name in names.Split(' '))
                units.Add(name, (dimension, parts.Length == 1 ? parts[0] : ExactNumber.Of(parts[0], parts[1])));
        }

        return units.ToFrozenDictionary();
    }
}
