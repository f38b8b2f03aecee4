namespace SeedOrleans.Domain.Runs;

/// <summary>A checkpoint at a glance.</summary>
[GenerateSerializer, Immutable, Alias("seed.checkpoint-info")]
public sealed record CheckpointInfo
{
    [Id(0)] public required string Name { get; init; }

    /// <summary>Training steps behind it.</summary>
    [Id(1)] public required int Step { get; init; }

    [Id(2)] public required int ColdStartSteps { get; init; }

    /// <summary>SHA-256 of the weights.</summary>
    [Id(3)] public required string WeightsHash { get; init; }

    [Id(4)] public required int Tensors { get; init; }

    /// <summary>Ranks that wrote it.</summary>
    [Id(5)] public required int Ranks { get; init; }

    /// <summary>Of tensor data.</summary>
    [Id(6)] public required long Bytes { get; init; }

    /// <summary>It stays, whatever the run's retention says.</summary>
    [Id(7)] public required bool IsPinned { get; init; }

    /// <summary>It is on the run's history as the ledger tells it; false after the run was rewound to before it.</summary>
    [Id(8)] public required bool IsCurrent { get; init; }
}
