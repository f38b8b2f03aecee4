using SeedOrleans.Client.Commands;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Rewards;

namespace SeedOrleans.Client.Grading;

/// <summary>Grades answers to generated tasks: 1 for right, −1 for wrong.</summary>
/// <param name="task">Of lines that name none.</param>
internal sealed class LogicGrader(string? task) : IGrader
{
    public ValueTask<Grade> GradeAsync(GradeLine line, CancellationToken cancellationToken)
    {
        var name = line.Task ?? task ?? throw new CommandFailedException(ExitCode.Usage, $"{line.Place}: names no task; add \"task\" to the line, or give --task NAME.");
        try
        {
            var verdict = RuleVerifier.Grade(
                new Prompt { Id = line.Id, Tokens = [], Question = line.Question ?? "", DataSource = name, RewardStyle = $"task:{name}", GroundTruth = line.Reference },
                line.Response);
            return ValueTask.FromResult(new Grade(verdict.Score, verdict.Correct, verdict.Correct ? "correct" : "incorrect", verdict.Reason, verdict.Extracted));
        }
        catch (UnknownRewardStyleException unknown)
        {
            throw new CommandFailedException(ExitCode.Usage, $"{line.Place}: {unknown.Message}");
        }
    }
}
