using System.Globalization;
using System.Text;
using SeedOrleans.Engine.Randomness;
using SeedOrleans.Engine.Rewards.Judges.Prompts;
using SeedOrleans.Engine.Rewards.Mathematics;

namespace SeedOrleans.Engine.Rewards.Judges.Ladder;

/// <summary>The cheap rule first, and the judge only where the rule abstains.</summary>
/// <remarks>
/// A share of what the rule decides is put to the judge all the same: the rule's verdict stands, and where the judge's is another both go to
/// the log. Which responses are audited is a function of the seed and their texts.
/// </remarks>
/// <param name="log">Not owned; null keeps none.</param>
public sealed class JudgeLadder(IAnswerJudge judge, LadderOptions? options = null, IDisagreementLog? log = null, TimeProvider? time = null) : IAnswerJudge
{
    private const int MaxLogged = 8000;

    private readonly LadderOptions _options = options ?? new LadderOptions();
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    public async Task<JudgeOpinion> JudgeAsync(string? question, string reference, string response, CancellationToken cancellationToken)
    {
        var verdict = MathematicsVerifier.Judge(question, reference, response, _options.Policy);
        if (verdict.Outcome == Outcome.Abstained)
            return await judge.JudgeAsync(question, reference, response, cancellationToken).ConfigureAwait(false);

        var stands = new JudgeOpinion(verdict.Outcome, verdict.Outcome == Outcome.Correct ? 1 : 0, verdict.Explain(), verdict.Extracted, "");
        return IsAudited(question, reference, response)
            ? await AuditAsync(question, reference, response, verdict, stands, cancellationToken).ConfigureAwait(false)
            : stands;
    }

    private async Task<JudgeOpinion> AuditAsync(
        string? question, string reference, string response, MathematicsVerdict verdict, JudgeOpinion stands, CancellationToken cancellationToken)
    {
        JudgeOpinion second;
        try
        {
            second = await judge.JudgeAsync(question, reference, response, cancellationToken).ConfigureAwait(false);
        }
        catch (JudgeFailedException failure)
        {
            // An audit that could not be held takes nothing from what the rule decided.
            return stands with { Reason = $"{stands.Reason} (The audit failed: {failure.Message})" };
        }

        if (second.Outcome == Outcome.Abstained || second.Outcome == verdict.Outcome)
            return stands;

        if (log is not null)
        {
            await log.AddAsync(
                new Disagreement(
                    _time.GetUtcNow(), question, reference, ShownText.OfResponse(response, MaxLogged), verdict.Extracted,
                    verdict.Rule, verdict.Outcome, verdict.Reason, second.Outcome, second.Probability, second.Text),
                cancellationToken).ConfigureAwait(false);
        }

        return stands with { Reason = $"{stands.Reason} (The judge says otherwise.)" };
    }

    private bool IsAudited(string? question, string reference, string response)
    {
        var text = new StringBuilder();
        foreach (var part in (ReadOnlySpan<string>)[question ?? "", reference, response])
            text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part}");

        return AddressedRandom.Uniform(_options.Seed, AddressedRandom.Hash("audit"), AddressedRandom.Hash(text.ToString())) < _options.AuditShare;
    }
}
