namespace SeedOrleans.GrainInterfaces.Rewards;

/// <summary>Judges a part of a run's responses. Key: <see cref="RunKeys.Verifier"/>.</summary>
/// <remarks>
/// Nobody calls it: it consumes its part of <see cref="StreamNames.Sampled"/> and publishes each verdict on <see cref="StreamNames.Scored"/>. A message that was
/// not answered when its silo died is judged again by another.
/// </remarks>
[Alias("seed.verifier")]
public interface IVerifierGrain : IGrainWithStringKey;
