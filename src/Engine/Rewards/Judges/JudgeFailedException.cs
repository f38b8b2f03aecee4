namespace SeedOrleans.Engine.Rewards.Judges;

/// <summary>A judge could not be asked, and asking again at once will not help: nothing is known of the response.</summary>
public abstract class JudgeFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
