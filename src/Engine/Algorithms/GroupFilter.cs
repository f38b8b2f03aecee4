using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.Engine.Algorithms;

/// <summary>Tells which groups dynamic sampling keeps: those whose answers disagree.</summary>
/// <remarks>
/// Yu et al., DAPO, arXiv:2503.14476, Eq. 11. It looks at correctness alone: a group of right answers whose overlong
/// penalties differ is not kept. Where verdicts are graded, scores that differ are enough.
/// </remarks>
public static class GroupFilter
{
    /// <returns>Whether 0 &lt; correct &lt; group size, or graded scores differ; a group of one never is.</returns>
    public static bool IsInformative(RolloutGroup group)
    {
        var correct = group.CorrectCount();
        return (correct > 0 && correct < group.Responses.Length) || IsGradedApart(group);
    }

    private static bool IsGradedApart(RolloutGroup group) =>
        group.Responses.Any(response => response.Verdict.IsGraded)
        && group.Responses.Any(response => response.Verdict.Score != group.Responses[0].Verdict.Score);
}
