using System.Collections.Immutable;

namespace SeedOrleans.Domain.Trajectories;

/// <summary>A prompt and a response as the trainer takes it: what to learn from, and how much each token counts.</summary>
[GenerateSerializer, Immutable, Alias("seed.training-sequence")]
public sealed record TrainingSequence
{
    [Id(0)] public required ImmutableArray<int> PromptTokens { get; init; }

    [Id(1)] public required ImmutableArray<int> ResponseTokens { get; init; }

    /// <summary>
    /// Weight of every response token in the loss, already divided by the mini-batch's global denominator, so that the loss
    /// is the plain sum over tokens, however they are spread over ranks and micro-batches.
    /// </summary>
    [Id(2)] public required double TokenWeight { get; init; }

    /// <summary>A of every response token; unused by supervised fine-tuning.</summary>
    [Id(3)] public double Advantage { get; init; }

    /// <summary>log π_old of each response token; empty in supervised fine-tuning.</summary>
    [Id(4)] public ImmutableArray<float> RolloutLogProbs { get; init; } = [];
}
