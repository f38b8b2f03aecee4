using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.GrainInterfaces.Rewards;

/// <summary>Judges a run's responses by rules. Key: run id.</summary>
/// <remarks>Consumes <see cref="StreamNames.Sampled"/> and publishes each verdict on <see cref="StreamNames.Scored"/>.</remarks>
[Alias("seed.verifier")]
public interface IVerifierGrain : IGrainWithStringKey
{
    [Alias("judge")]
    Task<Verdict> JudgeAsync(Prompt prompt, string response, CancellationToken cancellationToken);
}
