using Orleans.Serialization;

namespace SeedOrleans.Grains.Runs;

/// <summary>What a replay works with, whichever run it is of.</summary>
internal sealed record ReplayTools(RunStore Runs, RunDataCache Data, IGrainFactory Grains, Serializer Serializer);
