namespace SeedOrleans.GrainInterfaces.Rollout;

/// <summary>Responses of a run cannot be judged as things are. What was judged is kept.</summary>
/// <param name="reason">A sentence, and what to do.</param>
[GenerateSerializer, Alias("seed.judging-failed")]
public sealed class JudgingFailedException(string reason) : Exception($"Responses could not be judged: {reason} Then resume the run; it samples again only what was not judged.");
