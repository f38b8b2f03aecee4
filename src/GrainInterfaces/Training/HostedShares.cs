using System.Collections.Immutable;
using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.GrainInterfaces.Training;

/// <summary>What the ranks on one silo have of a mini-batch. Ranks that compute the same sequences together have one share, which travels once.</summary>
[GenerateSerializer, Immutable, Alias("seed.hosted-shares")]
public sealed record HostedShares
{
    /// <summary>Some may be empty.</summary>
    [Id(0)] public required ImmutableArray<ImmutableArray<TrainingSequence>> Shares { get; init; }

    /// <summary>For each of <see cref="HostedRanks.Numbers"/>, which of <see cref="Shares"/> it has.</summary>
    [Id(1)] public required ImmutableArray<int> Places { get; init; }
}
