namespace SeedOrleans.Engine.Data.Mixtures;

/// <summary>Sources whose shares of the prompts rise and fall together.</summary>
/// <param name="Weight">Share of the prompts as the spec writes it; all domains' sum to 1.</param>
public sealed record MixtureDomain(string Name, double Weight);
