using System.Collections.Immutable;

namespace SeedOrleans.Grains.Runs;

/// <summary>Which silos host a run's actors in one life of its controller. Durable, so that the next life knows who is missing.</summary>
public sealed record RunPlaces
{
    public const string Controller = "controller";

    public required long Epoch { get; init; }

    /// <summary>Words such as <c>rank 0</c>, <c>worker 1</c> and <c>controller</c>, with their silos.</summary>
    public required ImmutableArray<HostedActor> Actors { get; init; }

    /// <summary>That life ended because it was to end, so that whoever follows has not recovered from anything.</summary>
    public bool IsLeft { get; init; }

    public static string Rank(int rank) => $"rank {rank}";

    public static string Worker(int worker) => $"worker {worker}";

    /// <summary>Ranks and workers of a spec, in the order in which they get their places.</summary>
    public static IEnumerable<string> Names(int ranks, int workers) =>
        Enumerable.Range(0, ranks).Select(Rank).Concat(Enumerable.Range(0, workers).Select(Worker));
}

/// <param name="Silo">Its address, as Orleans writes it.</param>
/// <param name="SiloName">As people know it.</param>
public sealed record HostedActor(string Name, string Silo, string SiloName);
