namespace SeedOrleans.Engine.Rewards.Judges.Probabilities;

/// <summary>What a judge's reply says.</summary>
/// <param name="Probability">P(YES); null where the reply is no verdict.</param>
/// <param name="Reason">In words.</param>
internal readonly record struct Reading(double? Probability, string Reason);
