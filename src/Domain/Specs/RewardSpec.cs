namespace SeedOrleans.Domain.Specs;

/// <summary>How responses are judged. Which verifier judges a prompt's responses, the prompt says.</summary>
[GenerateSerializer, Immutable, Alias("seed.reward-spec")]
public sealed record RewardSpec
{
    /// <summary>Verifier grains, each of which judges one message of responses at a time. Changes no result.</summary>
    [Id(0)] public int Verifiers { get; init; } = 2;

    /// <summary>A program earns 2 · (share of tests that it passes) − 1; otherwise 1 where it passes all and −1 where not.</summary>
    [Id(1)] public bool PartialCredit { get; init; }

    /// <summary>Judges responses to prompts of style <c>judge</c>, and those of style <c>math</c> of which the rules cannot tell.</summary>
    [Id(2)] public JudgeSpec? Judge { get; init; }

    /// <summary>Compares responses to prompts of style <c>pairwise</c>: with what <see cref="Comparison"/> says.</summary>
    [Id(3)] public JudgeSpec? RewardModel { get; init; }

    /// <summary>Of the responses of style <c>math</c> that rules decide, the share that the judge sees as well; where it says otherwise, both go to disagreements.jsonl in the run's folder.</summary>
    [Id(4)] public double AuditShare { get; init; }

    /// <summary>What the reward model compares a training response with. An evaluation's are always compared with their reference response.</summary>
    [Id(5)] public ResponseComparison Comparison { get; init; } = ResponseComparison.Reference;
}

public enum ResponseComparison
{
    /// <summary>The prompt's reference response.</summary>
    Reference,

    /// <summary>Other responses to the same prompt, once all are there; the reward is the mean. The prompt's reference response is not used.</summary>
    Tournament,
}
