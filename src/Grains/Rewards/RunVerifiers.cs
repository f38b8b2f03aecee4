using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Rewards;
using SeedOrleans.Engine.Rewards.Code.Sandboxing;
using SeedOrleans.Engine.Rewards.Judges;
using SeedOrleans.Engine.Rewards.Judges.Ladder;
using SeedOrleans.Engine.Rewards.Judges.Pairwise;
using SeedOrleans.Engine.Rollout;

namespace SeedOrleans.Grains.Rewards;

/// <summary>What one run's responses are judged with on this silo.</summary>
internal sealed class RunVerifiers : IDisposable
{
    private readonly List<IDisposable> _owned;

    private RunVerifiers(ResponseVerifier verifier, List<IDisposable> owned) => (Verifier, _owned) = (verifier, owned);

    public ResponseVerifier Verifier { get; }

    /// <param name="sandbox">Not owned.</param>
    /// <param name="folder">The run's, for what rules and judges disagree on.</param>
    public static RunVerifiers Open(RewardSpec rewards, Sandbox? sandbox, string folder, TimeProvider time)
    {
        List<IDisposable> owned = [];
        try
        {
            IAnswerJudge? judge = null, ladder = null;
            if (rewards.Judge is { } asked)
            {
                judge = AnswerJudge.Of(asked.Style, Own(JudgeModel.Open(asked, time)), JudgeOptions.Of(asked));
                var log = rewards.AuditShare > 0 ? Own(new JsonLinesDisagreementLog(Path.Combine(folder, "disagreements.jsonl"))) : null;
                ladder = new JudgeLadder(judge, new LadderOptions { AuditShare = rewards.AuditShare }, log, time);
            }

            var rewardModel = rewards.RewardModel is { } compared
                ? new PairwiseRewardModel(Own(JudgeModel.Open(compared, time)), compared.Style, JudgeOptions.Of(compared))
                : null;
            return new RunVerifiers(new ResponseVerifier(sandbox, rewards.PartialCredit, judge, ladder, rewardModel), owned);
        }
        catch
        {
            owned.ForEach(one => one.Dispose());
            throw;
        }

        T Own<T>(T one)
            where T : IDisposable
        {
            owned.Add(one);
            return one;
        }
    }

    public void Dispose() => _owned.ForEach(one => one.Dispose());
}
