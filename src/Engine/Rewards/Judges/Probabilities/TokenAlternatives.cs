using System.Collections.Immutable;

namespace SeedOrleans.Engine.Rewards.Judges.Probabilities;

/// <summary>One place of a reply: the most likely tokens there, among them, most often, the one that was written.</summary>
public sealed record TokenAlternatives(ImmutableArray<TokenChance> Top);

/// <param name="Text">What the token spells.</param>
/// <param name="LogProb">Natural logarithm of its probability.</param>
public readonly record struct TokenChance(string Text, double LogProb);
