namespace SeedOrleans.Domain.Specs;

/// <summary>Measuring on held-out problems: before the first step, every so often, and after the last.</summary>
[GenerateSerializer, Immutable, Alias("seed.evaluation-spec")]
public sealed record EvaluationSpec
{
    /// <summary>Steps between evaluations; 0 measures only before and after.</summary>
    [Id(0)] public int Every { get; init; } = 10;

    /// <summary>Responses a problem: pass@1 is their mean (avg@k).</summary>
    [Id(1)] public int Samples { get; init; } = 1;

    [Id(2)] public double Temperature { get; init; } = 1;

    [Id(3)] public double TopP { get; init; } = 1;
}
