namespace SeedOrleans.Engine.Data.Cleaning;

/// <summary>A sampled response, as the question's verifier judged it.</summary>
/// <param name="Answer">As the verifier read it; empty where it found none, or where answers cannot be compared.</param>
public sealed record SampledAnswer(bool IsRight, string Answer);
