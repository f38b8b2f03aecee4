using System.Collections.Immutable;

namespace SeedOrleans.Domain.Trajectories;

/// <summary>One question, and what a verifier needs to judge answers to it. The columns are verl's.</summary>
[GenerateSerializer, Immutable, Alias("seed.prompt")]
public sealed record Prompt
{
    /// <summary>Unique and stable within a data set, so that it can address random numbers.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The prompt as the policy sees it, chat template applied.</summary>
    [Id(1)] public required ImmutableArray<int> Tokens { get; init; }

    /// <summary>The question as a person reads it.</summary>
    [Id(2)] public required string Question { get; init; }

    /// <summary>verl's <c>data_source</c>: which metric the answers count toward.</summary>
    [Id(3)] public required string DataSource { get; init; }

    /// <summary>verl's <c>reward_model.style</c>: which verifier judges, for example <c>task:addition</c> or <c>rule</c>.</summary>
    [Id(4)] public required string RewardStyle { get; init; }

    /// <summary>verl's <c>reward_model.ground_truth</c>.</summary>
    [Id(5)] public required string GroundTruth { get; init; }
}
