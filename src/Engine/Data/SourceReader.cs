using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data.Files;
using SeedOrleans.Engine.Data.Tasks;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data;

/// <summary>Reads the questions of data sources one after another, whether they are generated or stand in a file.</summary>
internal static class SourceReader
{
    private const int DefaultTaskCount = 4096;

    public static async IAsyncEnumerable<SourceQuestion> ReadAsync(
        ImmutableArray<DataSource> sources,
        DataSplit split,
        ulong seed,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var timesSeen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var source in sources.IsDefault ? [] : sources)
        {
            cancellationToken.ThrowIfCancellationRequested();

            var name = NameOf(source);
            var times = timesSeen[name] = timesSeen.GetValueOrDefault(name) + 1;
            // A second source of the same name gets ids and seeds of its own.
            var unique = times == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}.{times}");
            var id = $"{unique}/{(split == DataSplit.Training ? "train" : "eval")}";

            var questions = source.Task is null
                ? await ReadFileAsync(source, name, id, cancellationToken)
                : DrawTask(source, name, id, split, times == 1 ? seed : AddressedRandom.Derive(seed, unique));
            foreach (var question in questions)
                yield return question;
        }
    }

    private static string NameOf(DataSource source) =>
        source switch
        {
            { Task: { } task, File: null } => string.Create(CultureInfo.InvariantCulture, $"{task}-{source.Difficulty}"),
            { Task: null, File: { } file } => Path.GetFileNameWithoutExtension(file),
            _ => throw new ArgumentException("A data source is either a task or a file; give exactly one of the two.", nameof(source)),
        };

    private static IEnumerable<SourceQuestion> DrawTask(DataSource source, string name, string id, DataSplit split, ulong seed)
    {
        var task = TaskCatalog.Find(source.Task!);
        return TaskSet.Draw(task, source.Difficulty, source.Count ?? DefaultTaskCount, split, seed).Select((problem, index) =>
            new SourceQuestion(
                string.Create(CultureInfo.InvariantCulture, $"{id}/{index}"),
                problem.Question,
                [new ChatMessage("user", problem.Question)],
                name,
                task.RewardStyle,
                problem.GroundTruth,
                problem.WorkedSolution));
    }

    private static async Task<IEnumerable<SourceQuestion>> ReadFileAsync(
        DataSource source, string name, string id, CancellationToken cancellationToken)
    {
        var rows = await DataFile.ReadAsync(source.File!, source.Count, cancellationToken);
        return rows.Select(row =>
            new SourceQuestion(
                string.Create(CultureInfo.InvariantCulture, $"{id}/{row.Number}"),
                row.ReadQuestion(),
                row.Messages,
                row.DataSource ?? name,
                row.RewardStyle,
                row.GroundTruth,
                row.Solution));
    }
}
