using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.Grains.Tests.Rollout;

/// <summary>Prompts and judged responses that nobody sampled.</summary>
internal static class Responses
{
    public static Prompt Prompt(string id, string rewardStyle = "rule") => new()
    {
        Id = id,
        Tokens = [1],
        Question = id,
        DataSource = "test",
        RewardStyle = rewardStyle,
        GroundTruth = "",
    };

    /// <param name="tokens">How many it has.</param>
    public static ScoredTrajectory To(string promptId, int index, bool right, int tokens = 1, string text = "") => new()
    {
        Trajectory = new Trajectory
        {
            PromptId = promptId,
            ResponseIndex = index,
            PromptTokens = [1],
            ResponseTokens = [.. Enumerable.Range(2, tokens)],
            RolloutLogProbs = [.. Enumerable.Repeat(-1f, tokens)],
            OldestPolicy = PolicyVersion.Initial,
            StopReason = StopReason.Stop,
        },
        Verdict = new Verdict { Correct = right, Score = right ? 1 : -1, Reason = "test" },
        ResponseText = text,
    };
}
