using Orleans.Placement;

namespace SeedOrleans.Grains.Placement;

/// <summary>Puts an actor on the silo whose address is its key.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NamedSiloPlacementAttribute() : PlacementAttribute(new NamedSiloPlacement());

[GenerateSerializer, Immutable, Alias("seed.named-silo-placement")]
internal sealed class NamedSiloPlacement : PlacementStrategy;
