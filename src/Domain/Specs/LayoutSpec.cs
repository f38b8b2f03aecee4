namespace SeedOrleans.Domain.Specs;

/// <summary>Logical ranks. They are part of a run's arithmetic; where they are placed is not.</summary>
[GenerateSerializer, Immutable, Alias("seed.layout-spec")]
public sealed record LayoutSpec
{
    /// <summary>Ranks that each see a part of every mini-batch.</summary>
    [Id(0)] public int Data { get; init; } = 2;
}
