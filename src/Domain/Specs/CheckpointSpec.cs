namespace SeedOrleans.Domain.Specs;

/// <summary>How often the whole state of a run is written down. It bounds what a crash makes the run do again; it changes no result.</summary>
[GenerateSerializer, Immutable, Alias("seed.checkpoint-spec")]
public sealed record CheckpointSpec
{
    /// <summary>Training steps between two checkpoints.</summary>
    [Id(0)] public int Every { get; init; } = 5;

    /// <summary>Cold-start steps between two checkpoints.</summary>
    [Id(1)] public int ColdStartEvery { get; init; } = 50;

    /// <summary>Newest checkpoints that stay; pinned ones stay besides.</summary>
    [Id(2)] public int Keep { get; init; } = 2;
}
