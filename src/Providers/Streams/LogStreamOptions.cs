namespace SeedOrleans.Providers.Streams;

/// <summary>How a log stream provider behaves.</summary>
public sealed class LogStreamOptions
{
    /// <summary>Partitions of the log. Part of where events lie: never changed for a store in use.</summary>
    public int Partitions { get; set; } = 4;

    /// <summary>Bytes of events that one partition keeps in memory for consumers that lag; beyond it nothing more is read from the log.</summary>
    public long CacheBytes { get; set; } = 64 << 20;

    /// <summary>How long an event may go without any subscriber before it is passed over.</summary>
    public TimeSpan UnclaimedAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a partition's place is written down. What was delivered since is delivered again after a crash.</summary>
    public TimeSpan CommitEvery { get; set; } = TimeSpan.FromSeconds(1);
}
