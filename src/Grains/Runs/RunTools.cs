using Orleans.Serialization;
using SeedOrleans.Grains.Placement;
using SeedOrleans.Grains.Rollout;

namespace SeedOrleans.Grains.Runs;

/// <summary>What stays the same over all lives of a run's controller in one process.</summary>
internal sealed record RunTools(
    string RunId, RunCard Card, RunStore Runs, RunDataCache Data, RunFolders Folders, IGrainFactory Grains, ISiloRoster Roster,
    IScoredLog Log,
    RunReporter Report, RunProgress Progress, Serializer Serializer, TimeProvider Time);
