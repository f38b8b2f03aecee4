using System.CommandLine;
using System.Text.Json;
using SeedOrleans.Client.Views;

namespace SeedOrleans.Client.Commands;

/// <summary>Options that take one of a few words.</summary>
internal static class WordOptions
{
    /// <summary>The first word is taken where the option is not given.</summary>
    public static Option<TWord> Of<TWord>(string name, string description)
        where TWord : struct, Enum
    {
        var words = Enum.GetValues<TWord>().ToDictionary(word => JsonNamingPolicy.KebabCaseLower.ConvertName(word.ToString()));
        return new(name)
        {
            Description = description,
            HelpName = string.Join('|', words.Keys),
            CustomParser = result =>
            {
                var text = result.Tokens.Single().Value;
                if (words.TryGetValue(text, out var word))
                    return word;

                result.AddError($"{name} '{HostileText.OneLine(text, 40)}' is not known; write {string.Join(", ", words.Keys.SkipLast(1))} or {words.Keys.Last()}.");
                return default;
            },
        };
    }
}
