using System.Collections.Immutable;
using System.Globalization;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Data;

/// <summary>What data sources, and the levels of those that are ladders, are called; a name that comes again gets a number.</summary>
internal sealed class SourceNames
{
    private readonly Dictionary<string, int> _timesSeen = new(StringComparer.Ordinal);

    /// <returns>From the easiest to the hardest; a file, and a task of one difficulty, have one.</returns>
    public static ImmutableArray<(string Name, int Difficulty)> Levels(DataSource source) => source switch
    {
        { Task: { } task, File: null } =>
        [
            .. Enumerable.Range(source.Difficulty, Math.Max(0, (source.Hardest ?? source.Difficulty) - source.Difficulty) + 1)
                .Select(difficulty => (string.Create(CultureInfo.InvariantCulture, $"{task}-{difficulty}"), difficulty)),
        ],
        { Task: null, File: { } file } => [(Path.GetFileNameWithoutExtension(file), 1)],
        _ => throw new ArgumentException("A data source is either a task or a file; give exactly one of the two.", nameof(source)),
    };

    /// <returns>The task for a ladder, or else the name of its only level.</returns>
    public static string Of(DataSource source) => Levels(source) is [var only] ? only.Name : source.Task!;

    /// <returns><c>addition-3</c> the first time, <c>addition-3.2</c> the second.</returns>
    public string Unique(string name)
    {
        var times = _timesSeen[name] = _timesSeen.GetValueOrDefault(name) + 1;
        return times == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}.{times}");
    }
}
