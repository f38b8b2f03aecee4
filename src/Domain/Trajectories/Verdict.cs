namespace SeedOrleans.Domain.Trajectories;

/// <summary>What a verifier found.</summary>
[GenerateSerializer, Immutable, Alias("seed.verdict")]
public sealed record Verdict
{
    [Id(0)] public required bool Correct { get; init; }

    /// <summary>Score before shaping (no overlong penalty in it): 1 for correct and −1 for wrong where a rule decides.</summary>
    [Id(1)] public required double Score { get; init; }

    /// <summary>Which rule decided, in words.</summary>
    [Id(2)] public required string Reason { get; init; }

    /// <summary>The answer as the verifier read it; empty where it found none.</summary>
    [Id(3)] public string Extracted { get; init; } = "";

    /// <summary>The score tells better from worse among right answers, or among wrong ones.</summary>
    [Id(4)] public bool IsGraded { get; init; }

    /// <summary>It is wrong because the verifier found nothing to judge.</summary>
    public bool HasNoAnswer() => !Correct && Extracted.Length == 0;
}
