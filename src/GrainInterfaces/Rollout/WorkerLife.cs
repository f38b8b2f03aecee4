namespace SeedOrleans.GrainInterfaces.Rollout;

/// <summary>One life of a rollout worker.</summary>
/// <param name="Worker">The grain's key.</param>
/// <param name="Life">Differs for every life of that worker.</param>
/// <param name="Epoch">Of the controller's incarnation that it serves.</param>
[GenerateSerializer, Immutable, Alias("seed.worker-life")]
public sealed record WorkerLife([property: Id(0)] string Worker, [property: Id(1)] Guid Life, [property: Id(2)] long Epoch);
