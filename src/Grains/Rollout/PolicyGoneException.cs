namespace SeedOrleans.Grains.Rollout;

/// <summary>Weights that were to be sampled with are no longer, or not yet, in this silo's memory.</summary>
[GenerateSerializer, Alias("seed.policy-gone")]
public sealed class PolicyGoneException(string key)
    : Exception($"Policy version {key} is not in this silo's memory; the run that published it ended. Submit the run again.");
