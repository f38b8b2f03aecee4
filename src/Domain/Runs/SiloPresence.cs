using System.Collections.Immutable;

namespace SeedOrleans.Domain.Runs;

/// <summary>A silo of the cluster, and which of a run's actors it hosts.</summary>
[GenerateSerializer, Immutable, Alias("seed.silo-presence")]
public sealed record SiloPresence
{
    [Id(0)] public required string Name { get; init; }

    /// <summary><c>HOST:PORT</c> where other silos reach it.</summary>
    [Id(1)] public required string Address { get; init; }

    [Id(2)] public required bool IsAlive { get; init; }

    /// <summary>It was told to leave: it hands its actors over and takes no new ones.</summary>
    [Id(3)] public bool IsDraining { get; init; }

    /// <summary>Ranks and workers that it can compute for at once.</summary>
    [Id(4)] public int DeviceSlots { get; init; }

    /// <summary>In words: <c>controller</c>, <c>rank 0</c>, <c>worker 1</c>.</summary>
    [Id(5)] public ImmutableArray<string> Hosts { get; init; } = [];
}
