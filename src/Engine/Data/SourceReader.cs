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

    /// <param name="instructions">Put the task's rules and an example before each generated question.</param>
    public static async IAsyncEnumerable<SourceQuestion> ReadAsync(
        ImmutableArray<DataSource> sources,
        DataSplit split,
        ulong seed,
        bool instructions,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var names = new SourceNames();
        foreach (var source in sources.IsDefault ? [] : sources)
            foreach (var (name, difficulty) in SourceNames.Levels(source))
            {
                cancellationToken.ThrowIfCancellationRequested();

                // A second source of the same name gets ids and seeds of its own.
                var unique = names.Unique(name);
                var id = $"{unique}/{(split == DataSplit.Training ? "train" : "eval")}";

                var level = source with { Difficulty = difficulty };
                var questions = source.Task is null
                    ? await ReadFileAsync(source, name, id, cancellationToken)
                    : DrawTask(level, name, id, split, unique == name ? seed : AddressedRandom.Derive(seed, unique), instructions);
                foreach (var question in questions)
                    yield return question with { Pool = unique };
            }
    }

    private static IEnumerable<SourceQuestion> DrawTask(
        DataSource source, string name, string id, DataSplit split, ulong seed, bool instructions)
    {
        var task = TaskCatalog.Find(source.Task!);
        return TaskSet.Draw(task, source.Difficulty, source.Count ?? DefaultTaskCount, split, seed).Select((problem, index) =>
            new SourceQuestion(
                string.Create(CultureInfo.InvariantCulture, $"{id}/{index}"),
                problem.Question,
                [new ChatMessage("user", instructions ? TaskInstructions.Before(task, problem.Question) : problem.Question)],
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
