namespace SeedOrleans.Engine.Rewards.Guarding;

/// <summary>What a step showed of how its responses earned their rewards.</summary>
/// <param name="Score">Mean, before shaping.</param>
/// <param name="Length">Mean, in tokens.</param>
/// <param name="Entropy">Mean, in nats a token.</param>
/// <param name="Restated">Share of responses that only say the question again.</param>
/// <param name="Repeated">Mean share of a response that says again what it has said.</param>
public sealed record StepObservation(int Step, double Score, double Length, double Entropy, double Restated, double Repeated);
