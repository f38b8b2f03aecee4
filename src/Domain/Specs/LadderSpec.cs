namespace SeedOrleans.Domain.Specs;

/// <summary>When sources with a `hardest` difficulty go from one level to the next.</summary>
[GenerateSerializer, Immutable, Alias("seed.ladder-spec")]
public sealed record LadderSpec
{
    /// <summary>How many of the last groups at a level are looked at; until there are as many, the level stays.</summary>
    [Id(0)] public int Window { get; init; } = 64;

    /// <summary>The level rises where the window's pass rate is at least this.</summary>
    [Id(1)] public double RiseAt { get; init; } = 0.8;

    /// <summary>The level falls where the window's pass rate is less than this; 0 never lets it fall.</summary>
    [Id(2)] public double FallBelow { get; init; } = 0.05;

    /// <summary>Share of a source's prompts that come from one level below, so that it is not forgotten.</summary>
    [Id(3)] public double Review { get; init; } = 0.2;
}
