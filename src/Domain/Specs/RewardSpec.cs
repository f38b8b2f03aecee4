namespace SeedOrleans.Domain.Specs;

/// <summary>How responses are judged. Which verifier judges a prompt's responses, the prompt says.</summary>
[GenerateSerializer, Immutable, Alias("seed.reward-spec")]
public sealed record RewardSpec
{
    /// <summary>Verifier grains, each of which judges one message of responses at a time. Changes no result.</summary>
    [Id(0)] public int Verifiers { get; init; } = 2;

    /// <summary>A program earns 2 · (share of tests that it passes) − 1; otherwise 1 where it passes all and −1 where not.</summary>
    [Id(1)] public bool PartialCredit { get; init; }
}
