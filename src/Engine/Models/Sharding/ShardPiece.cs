using SeedOrleans.Engine.Tensors;

namespace SeedOrleans.Engine.Models.Sharding;

/// <summary>A rectangle of a whole tensor as it lies in a rank's memory.</summary>
/// <param name="Offset">Where its elements begin there; they follow each other in row-major order.</param>
public sealed record ShardPiece(WeightSlot Whole, Box Box, long Offset);
