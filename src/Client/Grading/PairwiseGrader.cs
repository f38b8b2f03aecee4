using System.Collections.Immutable;
using SeedOrleans.Engine.Rewards.Judges;
using SeedOrleans.Engine.Rewards.Judges.Pairwise;

namespace SeedOrleans.Client.Grading;

/// <summary>Grades by comparison, from −1 (certainly worse) to 1 (certainly better); what is better than even counts as correct.</summary>
/// <param name="seed">Of large groups' tournaments.</param>
/// <param name="owned">Ends with the grader.</param>
internal sealed class PairwiseGrader(PairwiseRewardModel judge, int atOnce, ulong seed, IDisposable owned) : IGrader
{
    public int AtOnce => atOnce;

    public bool TakesGroups => true;

    public async ValueTask<Grade> GradeAsync(GradeLine line, CancellationToken cancellationToken)
    {
        try
        {
            var preference = await judge.CompareAsync(line.Question ?? "", line.Response, line.Reference, cancellationToken);
            return new Grade(preference.Reward, preference.Reward > 0, preference.Verdicts == 0 ? "abstained" : Verdict(preference.Reward), preference.Reason, "");
        }
        catch (JudgeFailedException failure)
        {
            return Failed(failure);
        }
    }

    public async ValueTask<ImmutableArray<Grade>> GradeGroupAsync(GradeLine line, CancellationToken cancellationToken)
    {
        try
        {
            var rewards = await judge.TournamentAsync(line.Question ?? "", line.Responses, seed, cancellationToken);
            return [.. rewards.Select(reward => new Grade(reward, reward > 0, Verdict(reward), $"The mean against others of the {rewards.Length} responses.", ""))];
        }
        catch (JudgeFailedException failure)
        {
            return [.. line.Responses.Select(_ => Failed(failure))];
        }
    }

    public void Dispose() => owned.Dispose();

    private static string Verdict(double reward) => reward switch
    {
        > 0 => "better",
        < 0 => "worse",
        _ => "equal",
    };

    private static Grade Failed(JudgeFailedException failure) => new(0, false, "failed", failure.Message, "", HasFailed: true);
}
