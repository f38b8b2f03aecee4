namespace SeedOrleans.Engine.Rewards;

/// <param name="Answer">The answer as the rule read it; empty where it found none.</param>
/// <param name="Reason">Which rule decided, in words.</param>
internal readonly record struct Judgement(bool Correct, string Answer, string Reason);
