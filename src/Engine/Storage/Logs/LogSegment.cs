namespace SeedOrleans.Engine.Storage.Logs;

/// <summary>What one segment of a log holds.</summary>
/// <param name="Records">The sound ones, from the segment's beginning on.</param>
/// <param name="Damage">What is wrong with the rest; null where all is well.</param>
public sealed record LogSegment(long Number, IReadOnlyList<ReadOnlyMemory<byte>> Records, LogDamage? Damage);
