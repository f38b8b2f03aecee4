using System.Collections.Immutable;
using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.Grains.Rollout;

/// <summary>What a worker's responses in flight got in a moment.</summary>
[GenerateSerializer, Immutable, Alias("seed.journal-entry")]
internal sealed record JournalEntry([property: Id(0)] ImmutableArray<ResponseProgress> Progress);
