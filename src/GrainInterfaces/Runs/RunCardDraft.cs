using SeedOrleans.Domain.Specs;

namespace SeedOrleans.GrainInterfaces.Runs;

/// <summary>What a new run is to be.</summary>
/// <param name="ParentRun">The run that it starts from; empty where it starts from its model.</param>
/// <param name="ParentStep">The committed step of that run after which it starts.</param>
[GenerateSerializer, Immutable, Alias("seed.run-card-draft")]
public sealed record RunCardDraft([property: Id(0)] RunSpec Spec, [property: Id(1)] string ParentRun = "", [property: Id(2)] int ParentStep = 0);
