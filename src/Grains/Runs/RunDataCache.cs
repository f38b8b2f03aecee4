using System.Collections.Concurrent;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data;

namespace SeedOrleans.Grains.Runs;

/// <summary>The data of the runs that this silo takes part in, loaded once for all of a run's actors.</summary>
public sealed class RunDataCache(RunStore runs)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<RunData>>> _runs = new();

    /// <summary>A load that failed is forgotten, so that the next call tries again.</summary>
    public async Task<RunData> LoadAsync(string runId, RunSpec spec)
    {
        var entry = _runs.GetOrAdd(runId, _ => new Lazy<Task<RunData>>(
            () => Task.Run(() => RunData.LoadAsync(spec, CancellationToken.None))));

        try
        {
            return await entry.Value;
        }
        catch
        {
            Forget(runId);
            throw;
        }
    }

    /// <exception cref="InvalidOperationException">There is no such run, or it is over.</exception>
    public async Task<RunData> FindAsync(string runId)
    {
        if (_runs.TryGetValue(runId, out var entry))
            return await entry.Value;

        return await runs.FindAsync(runId, CancellationToken.None) is { } card && (await runs.Ledger(runId).ReadHeadAsync(CancellationToken.None)).Ending is null
            ? await LoadAsync(runId, card.Spec)
            : throw new InvalidOperationException($"Run {runId} is over or was never started, so there is no data of it.");
    }

    public void Forget(string runId) => _runs.TryRemove(runId, out _);
}
