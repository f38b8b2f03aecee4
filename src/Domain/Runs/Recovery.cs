namespace SeedOrleans.Domain.Runs;

/// <summary>What the loss of some of a run's actors cost.</summary>
[GenerateSerializer, Immutable, Alias("seed.recovery")]
public sealed record Recovery
{
    /// <summary>The silos whose death it was, joined by commas; empty where an actor was lost and no silo died.</summary>
    [Id(0)] public required string Silo { get; init; }

    /// <summary>The controller's epoch that took the run up again.</summary>
    [Id(1)] public required long Epoch { get; init; }

    /// <summary>The last committed step at that time.</summary>
    [Id(2)] public required int Step { get; init; }

    /// <summary>The last sign of life of who died; the time of detection where nobody saw it die.</summary>
    [Id(3)] public required DateTimeOffset LostAt { get; init; }

    /// <summary>From <see cref="LostAt"/> until the run's controller acted on it.</summary>
    [Id(4)] public required TimeSpan Detected { get; init; }

    /// <summary>From <see cref="LostAt"/> until all actors were placed and held the weights of the last committed step.</summary>
    [Id(5)] public required TimeSpan Restored { get; init; }

    /// <summary>From <see cref="LostAt"/> until the next step was committed.</summary>
    [Id(6)] public required TimeSpan Resumed { get; init; }

    /// <summary>Committed steps that were computed again from their records.</summary>
    [Id(7)] public int Replayed { get; init; }
}
