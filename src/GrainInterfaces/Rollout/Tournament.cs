using System.Collections.Immutable;
using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.GrainInterfaces.Rollout;

/// <summary>All responses to one prompt, on their way to the verifier that compares them with each other.</summary>
[GenerateSerializer, Immutable, Alias("seed.tournament")]
public sealed record Tournament
{
    [Id(0)] public required long CollectionId { get; init; }

    [Id(1)] public required Prompt Prompt { get; init; }

    /// <summary>Of the first response; the others follow.</summary>
    [Id(2)] public required int FirstIndex { get; init; }

    /// <summary>What a judge may see of each response.</summary>
    [Id(3)] public required ImmutableArray<string> Texts { get; init; }

    /// <summary>Decides who meets whom.</summary>
    [Id(4)] public required ulong Seed { get; init; }
}

/// <summary>How a tournament ended.</summary>
[GenerateSerializer, Immutable, Alias("seed.tournament-result")]
public sealed record TournamentResult
{
    [Id(0)] public required long CollectionId { get; init; }

    [Id(1)] public required string PromptId { get; init; }

    [Id(2)] public required int FirstIndex { get; init; }

    /// <summary>Of each response, in the tournament's order.</summary>
    [Id(3)] public required ImmutableArray<Verdict> Verdicts { get; init; }
}
