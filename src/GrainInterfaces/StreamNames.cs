namespace SeedOrleans.GrainInterfaces;

/// <summary>The streams that trajectories travel on. A stream's key is the run's id.</summary>
public static class StreamNames
{
    public const string Provider = "trajectories";

    /// <summary>Finished responses, from workers to the verifier.</summary>
    public const string Sampled = "seed.sampled";

    /// <summary>Judged responses, from the verifier to the pool.</summary>
    public const string Scored = "seed.scored";
}
