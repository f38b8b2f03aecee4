namespace SeedOrleans.Domain.Runs;

/// <summary>One question, answer and verdict to show a person. The response is the model's text: escape it before display.</summary>
[GenerateSerializer, Immutable, Alias("seed.answer-sample")]
public sealed record AnswerSample
{
    [Id(0)] public required string Question { get; init; }

    [Id(1)] public required string Response { get; init; }

    [Id(2)] public required string GroundTruth { get; init; }

    [Id(3)] public required bool Correct { get; init; }

    [Id(4)] public required string Reason { get; init; }
}
