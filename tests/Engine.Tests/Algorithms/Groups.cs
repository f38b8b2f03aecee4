using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Algorithms;

namespace SeedOrleans.Engine.Tests.Algorithms;

/// <summary>Scored groups to test with.</summary>
internal static class Groups
{
    public static readonly Algorithm Dapo = AlgorithmPresets.Resolve(new AlgorithmSpec());

    public static ScoredTrajectory Response(
        double score, int tokens = 2, StopReason stopReason = StopReason.Stop, int promptTokens = 1) => new()
        {
            Trajectory = new Trajectory
            {
                PromptId = "p",
                ResponseIndex = 0,
                PromptTokens = [.. Enumerable.Range(0, promptTokens)],
                ResponseTokens = [.. Enumerable.Range(100, tokens)],
                RolloutLogProbs = [.. Enumerable.Range(1, tokens).Select(position => -0.1f * position)],
                OldestPolicy = PolicyVersion.Initial,
                StopReason = stopReason,
            },
            Verdict = new Verdict { Correct = score > 0, Score = score, Reason = "test" },
            ResponseText = "",
        };

    public static RolloutGroup Of(params ReadOnlySpan<ScoredTrajectory> responses) => new()
    {
        Prompt = new Prompt
        {
            Id = "p",
            Tokens = [0],
            Question = "",
            DataSource = "test",
            RewardStyle = "rule",
            GroundTruth = "",
        },
        Responses = [.. responses],
    };

    public static RolloutGroup OfScores(params double[] scores) => Of([.. scores.Select(score => Response(score))]);
}
