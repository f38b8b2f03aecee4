using SeedOrleans.Client.Views;
using SeedOrleans.Engine.Rewards.Judges;
using SeedOrleans.Engine.Rewards.Mathematics;

namespace SeedOrleans.Client.Grading;

/// <summary>Grades by a judge: 1 for correct, −1 for anything else.</summary>
/// <param name="owned">Ends with the grader.</param>
internal sealed class JudgeGrader(IAnswerJudge judge, int atOnce, IReadOnlyList<IDisposable> owned) : IGrader
{
    public int AtOnce => atOnce;

    public async ValueTask<Grade> GradeAsync(GradeLine line, CancellationToken cancellationToken)
    {
        try
        {
            var opinion = await judge.JudgeAsync(line.Question, line.Reference, line.Response, cancellationToken);
            var isCorrect = opinion.Outcome == Outcome.Correct;
            return new Grade(isCorrect ? 1 : -1, isCorrect, RunJson.Word(opinion.Outcome), opinion.Reason, opinion.Extracted);
        }
        catch (JudgeFailedException failure)
        {
            // One line's failure is none of the others'.
            return new Grade(-1, false, "failed", failure.Message, "", HasFailed: true);
        }
    }

    public void Dispose()
    {
        foreach (var part in owned)
            part.Dispose();
    }
}
