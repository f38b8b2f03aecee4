namespace SeedOrleans.Engine.Rewards.Judges;

/// <summary>A judge cannot read what it is asked: a character that it does not know, or more than its context holds. Whoever asked abstains.</summary>
/// <param name="problem">A sentence.</param>
public sealed class UnreadableForJudgeException(string problem, Exception? innerException = null) : Exception(problem, innerException);
