using System.Collections.Concurrent;
using System.Collections.Immutable;
using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.Grains.Tests.Training;

/// <summary>What the ranks of one test do, and what they were told, on whichever silo they are.</summary>
internal sealed class RankScript
{
    private static readonly ConcurrentDictionary<string, RankScript> Scripts = [];

    /// <summary>A rank's part of an update; takes its number.</summary>
    public Func<int, CancellationToken, Task> Work { get; set; } = (_, _) => Task.CompletedTask;

    public Func<int, string> Hash { get; set; } = _ => "12345678";

    /// <summary>The share of each rank in the newest update.</summary>
    public ConcurrentDictionary<int, ImmutableArray<TrainingSequence>> Shares { get; } = [];

    public static RankScript Of(string runId) => Scripts.GetOrAdd(runId, _ => new RankScript());
}
