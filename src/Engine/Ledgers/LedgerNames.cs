using System.Globalization;

namespace SeedOrleans.Engine.Ledgers;

/// <summary>Where a run's ledger lies in its folder.</summary>
internal sealed class LedgerNames(string folder)
{
    public string Head { get; } = $"{folder}/ledger/head.json";

    public string Steps { get; } = $"{folder}/ledger/steps/";

    public string Step(int branch, int step) =>
        string.Create(CultureInfo.InvariantCulture, $"{Steps}{step:d8}{(branch == 0 ? "" : $"-b{branch}")}.json");

    public string Content(StepRecord record) => $"{folder}/ledger/trajectories/{record.Step:d8}-{record.Content[..16]}";

    /// <returns>Null for a name that is no step's.</returns>
    public (int Branch, int Step)? Parse(string name)
    {
        if (!name.StartsWith(Steps, StringComparison.Ordinal) || !name.EndsWith(".json", StringComparison.Ordinal))
            return null;

        var parts = name[Steps.Length..^".json".Length].Split("-b");
        return int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var step)
            ? (parts.Length == 1 ? 0 : int.Parse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture), step)
            : null;
    }
}
