namespace SeedOrleans.Domain.Trajectories;

/// <summary>What a response is like, whether right or wrong. Whoever judges it measures them, so that nobody goes through its tokens again.</summary>
[GenerateSerializer, Immutable, Alias("seed.response-traits")]
public readonly record struct ResponseTraits
{
    /// <summary>The share of its runs of tokens that it said before, from 0 to 1.</summary>
    [Id(0)] public double Repetition { get; init; }

    /// <summary>The share of its letters in writing systems that its question does not use, from 0 to 1.</summary>
    [Id(1)] public double LanguageMixing { get; init; }

    /// <summary>It only says the question again.</summary>
    [Id(2)] public bool IsRestatement { get; init; }
}
