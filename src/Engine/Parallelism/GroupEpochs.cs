namespace SeedOrleans.Engine.Parallelism;

/// <summary>The newest epoch of each group that a rank of this process has entered. It ends all epochs before it.</summary>
/// <remarks>A group costs a few bytes for as long as the process lives, so that an old epoch is refused for as long.</remarks>
public sealed class GroupEpochs
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Watch> _watches = [];

    /// <summary>Begins an epoch or goes on with it; what older epochs of the group have pending in this process fails at once.</summary>
    /// <returns>Cancelled when a newer epoch begins.</returns>
    /// <exception cref="PeerLostException">A newer epoch has begun.</exception>
    public CancellationToken Enter(GroupName name)
    {
        CancellationTokenSource[] over;
        CancellationToken current;
        lock (_gate)
        {
            var watch = WatchOf(name.Group);
            if (name.Epoch < watch.Newest)
                throw Over(name, watch.Newest);

            watch.Newest = name.Epoch;
            over = [.. watch.Epochs.Where(epoch => epoch.Key < name.Epoch).Select(epoch => epoch.Value)];
            watch.Epochs = new(watch.Epochs.Where(epoch => epoch.Key >= name.Epoch).ToDictionary());
            current = watch.TokenOf(name.Epoch);
        }

        foreach (var epoch in over)
            epoch.Cancel();

        return current;
    }

    /// <summary>Watches an epoch without beginning it.</summary>
    /// <returns>Cancelled when a newer epoch begins; already so when one has.</returns>
    internal CancellationToken WhenOver(GroupName name)
    {
        lock (_gate)
            return WatchOf(name.Group) is var watch && name.Epoch < watch.Newest ? new CancellationToken(true) : watch.TokenOf(name.Epoch);
    }

    /// <summary>What to tell whoever still serves an epoch that is over.</summary>
    internal PeerLostException WhyOver(GroupName name)
    {
        lock (_gate)
            return Over(name, WatchOf(name.Group).Newest);
    }

    private static PeerLostException Over(GroupName name, long newest) =>
        new($"{name.Group} has moved on to epoch {newest}; epoch {name.Epoch} is over.");

    private Watch WatchOf(string group) => _watches.TryGetValue(group, out var watch) ? watch : _watches[group] = new Watch();

    private sealed class Watch
    {
        public long Newest { get; set; } = long.MinValue;

        /// <summary>By epoch; none older than the newest.</summary>
        public Dictionary<long, CancellationTokenSource> Epochs { get; set; } = [];

        public CancellationToken TokenOf(long epoch) =>
            (Epochs.TryGetValue(epoch, out var source) ? source : Epochs[epoch] = new CancellationTokenSource()).Token;
    }
}
