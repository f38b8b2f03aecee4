using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Data.Tasks;
using SeedOrleans.Engine.Rewards;

namespace SeedOrleans.Engine.Tests.Rewards.Logic;

/// <summary>Asks the verifier about answers to generated tasks.</summary>
internal static class Rules
{
    /// <summary>The tasks that rules judge.</summary>
    public static IEnumerable<ITask> Tasks => TaskCatalog.All.Where(task => task.RewardStyle == $"task:{task.Name}");

    public static Verdict Grade(string task, string groundTruth, string response) =>
        RuleVerifier.Grade(
            new Prompt
            {
                Id = "p",
                Tokens = [],
                Question = "",
                DataSource = "d",
                RewardStyle = $"task:{task}",
                GroundTruth = groundTruth,
            },
            response);

    /// <param name="broken">A part of the reason for which the answer is wrong; null where it is right.</param>
    public static void Check(string task, string groundTruth, string answer, string? broken)
    {
        var verdict = Grade(task, groundTruth, ";" + answer);

        Assert.True(verdict.Correct == broken is null, verdict.Reason);
        Assert.Contains(broken ?? "", verdict.Reason);
    }

    public static string Answer(this Problem problem) => problem.WorkedSolution[(problem.WorkedSolution.LastIndexOf(';') + 1)..];
}
