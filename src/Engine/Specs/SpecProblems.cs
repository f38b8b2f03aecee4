using System.Collections.Immutable;

namespace SeedOrleans.Engine.Specs;

/// <summary>Collects what is wrong with a spec, and remembers where each key was written and which keys have no usable value.</summary>
internal sealed class SpecProblems(string file)
{
    private readonly List<SpecError> _errors = [];
    private readonly Dictionary<string, SpecPlace> _places = [];
    private readonly HashSet<string> _unusable = [];

    public void Remember(string key, SpecPlace place) => _places[key] = place;

    /// <summary>Whether the spec itself says something about the key.</summary>
    public bool IsWritten(string key) => _places.ContainsKey(key);

    /// <summary>Where the key was written, or else the section around it.</summary>
    public SpecPlace PlaceOf(string key)
    {
        for (var at = key; at.Length > 0; at = Parent(at))
        {
            if (_places.TryGetValue(at, out var place))
                return place;
        }

        return new SpecPlace(file, 1);
    }

    public void Add(SpecPlace place, string key, string message)
    {
        _errors.Add(new SpecError(place.File, place.Line, key, message));
        _unusable.Add(key);
    }

    public void Add(string key, string message) => Add(PlaceOf(key), key, message);

    /// <summary>Whether every key has a value that rules can rely on, so that one mistake makes one error.</summary>
    public bool AreUsable(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            for (var at = key; at.Length > 0; at = Parent(at))
            {
                if (_unusable.Contains(at))
                    return false;
            }
        }

        return true;
    }

    /// <returns>In the order of the file's lines, then of the command line.</returns>
    public ImmutableArray<SpecError> ToArray() =>
        [.. _errors.OrderBy(error => error.File == SpecError.CommandLine).ThenBy(error => error.Line)];

    private static string Parent(string key) => key.LastIndexOf('.') is var dot and >= 0 ? key[..dot] : "";
}
