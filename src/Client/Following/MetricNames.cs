namespace SeedOrleans.Client.Following;

/// <summary>The metrics that the console shows, by verl's names.</summary>
internal static class MetricNames
{
    public const string Reward = "critic/score/mean";
    public const string Accuracy = "val-core/pass@1";
    public const string ResponseLength = "response_length/mean";
    public const string Entropy = "actor/entropy";
    public const string RolloutSpeed = "perf/rollout_tokens_per_s";
    public const string TrainingSpeed = "perf/training_tokens_per_s";
}
