namespace SeedOrleans.GrainInterfaces;

/// <summary>The streams that trajectories travel on.</summary>
public static class StreamNames
{
    public const string Provider = "trajectories";

    /// <summary>Finished responses, from workers to a verifier. A stream's key is <see cref="RunKeys.Verifier"/>.</summary>
    public const string Sampled = "seed.sampled";

    /// <summary>Judged responses, from verifiers to the pool. A stream's key is the run's id.</summary>
    public const string Scored = "seed.scored";
}
