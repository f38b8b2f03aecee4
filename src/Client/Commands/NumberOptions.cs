using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace SeedOrleans.Client.Commands;

/// <summary>Options that take a number between two others.</summary>
internal static class NumberOptions
{
    /// <param name="usual">Taken where the option is not given.</param>
    public static Option<TNumber> Of<TNumber>(string name, string description, TNumber min, TNumber max, TNumber usual, string word = "N")
        where TNumber : struct, INumber<TNumber> => new(name)
        {
            Description = description,
            HelpName = word,
            DefaultValueFactory = _ => usual,
            CustomParser = result => Parse(result, name, min, max) ?? usual,
        };

    public static Option<TNumber> Required<TNumber>(string name, string description, TNumber min, TNumber max, string word = "N")
        where TNumber : struct, INumber<TNumber> => new(name)
        {
            Description = description,
            HelpName = word,
            Required = true,
            CustomParser = result => Parse(result, name, min, max) ?? min,
        };

    public static Option<TNumber?> Optional<TNumber>(string name, string description, TNumber min, TNumber max, string word = "N")
        where TNumber : struct, INumber<TNumber> => new(name)
        {
            Description = description,
            HelpName = word,
            CustomParser = result => Parse(result, name, min, max),
        };

    private static TNumber? Parse<TNumber>(ArgumentResult result, string name, TNumber min, TNumber max)
        where TNumber : struct, INumber<TNumber>
    {
        var text = result.Tokens.Single().Value;
        if (TNumber.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            return number;

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} takes a number from {min} to {max}, and '{text}' is none."));
        return null;
    }
}
