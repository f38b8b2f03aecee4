using System.Collections.Concurrent;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data;

namespace SeedOrleans.Grains.Runs;

/// <summary>The data of the runs that this silo takes part in, loaded once for all of a run's actors.</summary>
public sealed class RunDataCache
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

    /// <exception cref="InvalidOperationException">Nobody loaded this run's data here.</exception>
    public Task<RunData> FindAsync(string runId) =>
        _runs.TryGetValue(runId, out var entry)
            ? entry.Value
            : throw new InvalidOperationException($"This silo has no data of run {runId}; the run is over or was never started here.");

    public void Forget(string runId) => _runs.TryRemove(runId, out _);
}
