namespace SeedOrleans.Engine.Rewards.Judges;

/// <summary>Reads a response and says whether its answer is the reference's. Safe to use from many threads.</summary>
public interface IAnswerJudge
{
    /// <param name="question">May be null.</param>
    /// <param name="response">All that was written, thinking included, which the judge does not see.</param>
    /// <exception cref="JudgeFailedException">The judge could not be asked, for good.</exception>
    Task<JudgeOpinion> JudgeAsync(string? question, string reference, string response, CancellationToken cancellationToken);
}
