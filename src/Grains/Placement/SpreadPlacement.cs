using Orleans.Placement;

namespace SeedOrleans.Grains.Placement;

/// <summary>Spreads the numbered actors of a run over device slots: the first slot of every silo, then every second one, and round again.</summary>
/// <remarks>Silos that drain get none as long as there is another. Where an actor is decides how fast a run is, never what it computes.</remarks>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SpreadPlacementAttribute() : PlacementAttribute(new SpreadPlacement());

[GenerateSerializer, Immutable, Alias("seed.spread-placement")]
internal sealed class SpreadPlacement : PlacementStrategy;
