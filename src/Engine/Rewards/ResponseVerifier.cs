using System.Collections.Immutable;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Rewards.Code;
using SeedOrleans.Engine.Rewards.Code.Sandboxing;
using SeedOrleans.Engine.Rewards.Judges;
using SeedOrleans.Engine.Rewards.Judges.Pairwise;
using SeedOrleans.Engine.Rewards.Mathematics;

namespace SeedOrleans.Engine.Rewards;

/// <summary>Judges a response by the verifier that its prompt asks for. Scores are from −1 to 1 whoever judges. Safe to use from several threads.</summary>
/// <param name="sandbox">Not owned. Null where this machine has none; programs are then judged only as far as <see cref="CodeVerifier"/> can.</param>
/// <param name="hasPartialCredit">A program that passes some tests earns more than one that passes none, and less than a right one.</param>
/// <param name="judge">For style <c>judge</c>; null where the run has none.</param>
/// <param name="ladder">For style <c>math</c>, rules first; null leaves that to rules alone.</param>
/// <param name="rewardModel">For style <c>pairwise</c>; null where the run has none.</param>
public sealed class ResponseVerifier(
    Sandbox? sandbox, bool hasPartialCredit, IAnswerJudge? judge = null, IAnswerJudge? ladder = null, PairwiseRewardModel? rewardModel = null)
{
    /// <summary>The reward style of prompts whose responses are programs.</summary>
    public const string Code = "code";

    private const string Judge = "judge", Pairwise = "pairwise";

    private readonly CodeVerifier _code = new(sandbox);

    /// <returns>Whether responses to prompts of this style are compared with others.</returns>
    public static bool Compares(string style) => style == Pairwise;

    /// <returns>Whether a model judges prompts of this style.</returns>
    public static bool NeedsModel(string style) => style is Judge or Pairwise;

    /// <returns>Why prompts of a <see cref="Prompt.RewardStyle"/> cannot be judged, and what to do; null where they can.</returns>
    public static string? FindMissing(string style, RewardSpec rewards) => style switch
    {
        Code => null,
        Judge => rewards.Judge is null ? "needs a judge; give rewards.judge" : null,
        Pairwise => rewards.RewardModel is null ? "needs a reward model; give rewards.reward_model" : null,
        _ => RuleVerifier.Supports(style) ? null : $"is judged by no verifier of this version; use \"rule\", \"{Code}\", \"{Judge}\", \"{Pairwise}\", or \"task:\" with a name that seed tasks lists",
    };

    /// <exception cref="SandboxMissingException">Nothing here can hold the response's program; it was not run.</exception>
    /// <exception cref="JudgeFailedException">A judge could not be asked, for good.</exception>
    /// <exception cref="UnknownRewardStyleException">No verifier has the prompt's reward style.</exception>
    public async Task<Verdict> JudgeAsync(Prompt prompt, string response, CancellationToken cancellationToken) => prompt.RewardStyle switch
    {
        Code => await JudgeProgramAsync(prompt, response, cancellationToken),
        Judge when judge is not null => Of(await judge.JudgeAsync(prompt.Question, prompt.GroundTruth, response, cancellationToken)),
        Pairwise when rewardModel is not null => await CompareAsync(rewardModel, prompt, response, cancellationToken),
        _ when ladder is not null && RuleVerifier.IsMathematics(prompt.RewardStyle) =>
            Of(await ladder.JudgeAsync(prompt.Question, prompt.GroundTruth, response, cancellationToken)),
        _ => RuleVerifier.Grade(prompt, response),
    };

    /// <summary>Judges all responses to a prompt by comparing them with each other.</summary>
    /// <param name="seed">Decides who meets whom in a large group.</param>
    /// <returns>In the order of <paramref name="responses"/>.</returns>
    /// <exception cref="JudgeFailedException">The reward model could not be asked, for good.</exception>
    /// <exception cref="UnknownRewardStyleException">There is no reward model.</exception>
    public async Task<ImmutableArray<Verdict>> JudgeTournamentAsync(Prompt prompt, ImmutableArray<string> responses, ulong seed, CancellationToken cancellationToken)
    {
        if (rewardModel is null)
            throw new UnknownRewardStyleException(prompt.Id, prompt.RewardStyle);

        var rewards = await rewardModel.TournamentAsync(prompt.Question, responses, seed, cancellationToken);
        return [.. responses.Zip(rewards, (response, reward) => Compared(response, reward, "The mean of comparisons with other responses."))];
    }

    /// <summary>An abstention earns what a wrong answer does.</summary>
    private static Verdict Of(JudgeOpinion opinion) =>
        RuleVerifier.VerdictOf(new Judgement(opinion.Outcome == Outcome.Correct, opinion.Extracted, opinion.Reason), score: null);

    private static async Task<Verdict> CompareAsync(PairwiseRewardModel model, Prompt prompt, string response, CancellationToken cancellationToken)
    {
        var preference = await model.CompareAsync(prompt.Question, response, prompt.GroundTruth, cancellationToken);
        return Compared(response, preference.Reward, preference.Reason);
    }

    private static Verdict Compared(string response, double reward, string reason) =>
        RuleVerifier.VerdictOf(new Judgement(reward > 0, FinalAnswer.AfterThinking(response), reason), reward);

    private async Task<Verdict> JudgeProgramAsync(Prompt prompt, string response, CancellationToken cancellationToken)
    {
        try
        {
            var problem = CodeProblemReader.Read(prompt.GroundTruth) with { StopsAtFirst = !hasPartialCredit };
            var judgement = await _code.JudgeAsync(problem, response, cancellationToken);
            return RuleVerifier.VerdictOf(
                new Judgement(judgement.IsCorrect, judgement.Program, judgement.Explain()),
                hasPartialCredit ? (2 * judgement.Passed) - 1 : null);
        }
        catch (Exception broken) when (broken is CodeProblemFormatException or CheckerFailedException)
        {
            // The problem's fault: nobody is right, so that a group learns nothing from it.
            return RuleVerifier.VerdictOf(new Judgement(false, "", broken.Message), score: null);
        }
    }
}
