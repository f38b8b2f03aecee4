using System.Globalization;

namespace SeedOrleans.Silo.Options;

/// <summary>What was said on the command line, and where that is silent, in the environment: <c>--silo-port 1</c> or <c>SEED_SILO_PORT=1</c>.</summary>
internal sealed class SiloSettings
{
    private readonly Dictionary<string, string> _said = [];

    /// <param name="known">Names of the options that take a value, without dashes.</param>
    /// <exception cref="SiloOptionsException">An option is unknown or lacks its value.</exception>
    public SiloSettings(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> known, string flag, Func<string, string?> environment)
    {
        foreach (var name in known.Keys)
            if (environment($"SEED_{name.ToUpperInvariant().Replace('-', '_')}") is { Length: > 0 } value)
                _said[name] = value;

        for (var at = 0; at < arguments.Count; at++)
        {
            var name = arguments[at].StartsWith("--", StringComparison.Ordinal) ? arguments[at][2..] : "";
            if (name == flag)
                _said[flag] = "true";
            else if (known.ContainsKey(name) && at + 1 < arguments.Count)
                _said[name] = arguments[++at];
            else
                throw new SiloOptionsException(
                    $"\"{arguments[at]}\" is no option of a silo, or lacks its value; there are "
                    + $"{string.Join(", ", known.Select(option => $"--{option.Key} {option.Value}"))} and --{flag}.");
        }
    }

    public bool Has(string name) => _said.ContainsKey(name);

    public string? Text(string name) => _said.GetValueOrDefault(name);

    /// <returns>One of <paramref name="choices"/>; the first where nothing was said.</returns>
    public string Choice(string name, params string[] choices) => !_said.TryGetValue(name, out var text) ? choices[0]
        : choices.Contains(text) ? text
        : throw new SiloOptionsException($"--{name} {text} is not to be had; give {string.Join(" or ", choices)}.");

    public int Number(string name, int fallback, int least, int most, string meaning) => !_said.TryGetValue(name, out var text) ? fallback
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new SiloOptionsException($"--{name} {text} is no {meaning}; give a number from {least} to {most}.");

    public TimeSpan Seconds(string name, double fallback, double least, double most) => TimeSpan.FromSeconds(
        !_said.TryGetValue(name, out var text) ? fallback
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds >= least && seconds <= most ? seconds
        : throw new SiloOptionsException(string.Create(
            CultureInfo.InvariantCulture, $"--{name} {text} is no such time; give seconds from {least} to {most}.")));
}
