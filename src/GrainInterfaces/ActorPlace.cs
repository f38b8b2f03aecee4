namespace SeedOrleans.GrainInterfaces;

/// <summary>Where an actor is.</summary>
/// <param name="Silo">Its silo's address, as Orleans writes it.</param>
/// <param name="EndPoint">Where its process listens for ranks of other processes, <c>HOST:PORT</c>.</param>
[GenerateSerializer, Immutable, Alias("seed.actor-place")]
public sealed record ActorPlace([property: Id(0)] string Silo, [property: Id(1)] string EndPoint);
