using System.Collections.Immutable;
using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.Engine.Data;

/// <summary>A prompt and a response worth imitating.</summary>
/// <param name="ResponseTokens">The worked solution, then the end-of-text token.</param>
public sealed record Demonstration(Prompt Prompt, ImmutableArray<int> ResponseTokens);
