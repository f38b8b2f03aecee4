namespace SeedOrleans.Client.Grading;

/// <summary>What a verifier makes of a response.</summary>
/// <param name="Verdict">The kind's own word, finer than right or wrong.</param>
/// <param name="Reason">The rule that decided, and why, in words.</param>
/// <param name="Extracted">The answer as the verifier read it; empty where it found none.</param>
/// <param name="HasFailed">The verifier could not do its work; the rest says nothing of the response.</param>
internal sealed record Grade(double Reward, bool Correct, string Verdict, string Reason, string Extracted, bool HasFailed = false);
