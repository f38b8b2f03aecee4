namespace SeedOrleans.Providers.Tests.GrainStorage;

[GenerateSerializer, Immutable, Alias("seed.tests.counter")]
public sealed record Counter
{
    [Id(0)] public int Count { get; init; }
}
