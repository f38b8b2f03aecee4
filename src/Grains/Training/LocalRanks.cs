using System.Collections.Concurrent;
using SeedOrleans.GrainInterfaces.Training;

namespace SeedOrleans.Grains.Training;

/// <summary>The ranks that live in this process, for whoever speaks for them: a message to each costs more than most orders do.</summary>
internal sealed class LocalRanks
{
    private readonly ConcurrentDictionary<string, Stay> _stays = [];

    /// <summary>To be called in the rank's own turn. It is here until the result is disposed.</summary>
    public IDisposable Enter(string key, IRankGrain rank)
    {
        var stay = new Stay(this, key, rank, TaskScheduler.Current);
        _stays[key] = stay;
        return stay;
    }

    /// <summary>Asks a rank in a turn of its own, between any others that it is waiting in.</summary>
    /// <returns>Null where it is not here.</returns>
    public Task<T>? TryAsk<T>(string key, Func<IRankGrain, Task<T>> ask) =>
        _stays.TryGetValue(key, out var stay)
            ? Task.Factory.StartNew(() => ask(stay.Rank), CancellationToken.None, TaskCreationOptions.DenyChildAttach, stay.Turns).Unwrap()
            : null;

    private sealed class Stay(LocalRanks ranks, string key, IRankGrain rank, TaskScheduler turns) : IDisposable
    {
        public IRankGrain Rank => rank;

        public TaskScheduler Turns => turns;

        // A rank that was revived here has taken the place already.
        public void Dispose() => ranks._stays.TryRemove(KeyValuePair.Create(key, this));
    }
}
