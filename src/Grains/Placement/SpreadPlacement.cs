using Orleans.Placement;

namespace SeedOrleans.Grains.Placement;

/// <summary>Puts the numbered actors of a run on different silos as far as there are any: number i on the i-th silo, and round again.</summary>
/// <remarks>Where an actor is decides how fast a run is, never what it computes.</remarks>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SpreadPlacementAttribute() : PlacementAttribute(new SpreadPlacement());

[GenerateSerializer, Immutable, Alias("seed.spread-placement")]
internal sealed class SpreadPlacement : PlacementStrategy;
