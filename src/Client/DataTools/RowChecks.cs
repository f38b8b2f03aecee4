using System.Collections.Concurrent;
using System.Collections.Immutable;
using SeedOrleans.Engine.Data.Files;
using SeedOrleans.Engine.Rewards;
using SeedOrleans.Engine.Rewards.Code.Sandboxing;

namespace SeedOrleans.Client.DataTools;

/// <summary>Finds what is wrong with rows of data before a run finds it.</summary>
/// <param name="judge">Not owned.</param>
internal sealed class RowChecks(RowJudge judge)
{
    private readonly ConcurrentDictionary<string, string> _places = new(StringComparer.Ordinal);
    private int _notRun;

    /// <summary>Solutions that are programs, where this machine has no sandbox.</summary>
    public int NotRun => _notRun;

    /// <returns>In the order of the rows. Ids are held against those of files that were checked before, too.</returns>
    public async Task<ImmutableArray<DataProblem>> CheckAsync(DataTable table, CancellationToken cancellationToken)
    {
        var found = new ImmutableArray<DataProblem>[table.Lines.Length];
        await Parallel.ForAsync(0, found.Length, cancellationToken, async (place, cancelled) =>
            found[place] = await CheckRowAsync(table.File, table.Lines[place], cancelled));

        return [.. table.Lines.Zip(found).SelectMany(pair => CheckId(table, pair.First) is { } problem ? pair.Second.Add(problem) : pair.Second)];
    }

    private DataProblem? CheckId(DataTable table, DataLine line) =>
        line.Row is not null && line.FindId() is { } id && !_places.TryAdd(id, table.Place(line))
            ? new DataProblem(table.File, line.Number, "id", $"The id \"{id}\" is also that of {_places[id]}.")
            : null;

    private async Task<ImmutableArray<DataProblem>> CheckRowAsync(string file, DataLine line, CancellationToken cancellationToken)
    {
        if (line.Row is not { } row)
            return [Problem("row", $"{line.Problem}.")];
        if (RowJudge.FindUnknown(row.RewardStyle) is { } unknown)
            return [Problem("style", $"The style \"{row.RewardStyle}\" {unknown}.")];
        if (ReferenceReading.FindProblem(row.RewardStyle, row.GroundTruth) is { } unreadable)
            return [Problem("reference", unreadable)];
        if (row.Solution is not { } solution || !RowJudge.CanJudge(row.RewardStyle))
            return [];

        try
        {
            var verdict = await judge.JudgeAsync(row, solution, cancellationToken);
            return verdict.Correct ? [] : [Problem("solution", $"The row's own verifier does not call its solution right ({verdict.Reason})")];
        }
        catch (SandboxMissingException)
        {
            Interlocked.Increment(ref _notRun);
            return [];
        }

        DataProblem Problem(string rule, string message) => new(file, line.Number, rule, message);
    }
}
