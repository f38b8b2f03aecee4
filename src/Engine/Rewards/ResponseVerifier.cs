using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Rewards.Code;
using SeedOrleans.Engine.Rewards.Code.Sandboxing;

namespace SeedOrleans.Engine.Rewards;

/// <summary>Judges a response by the verifier that its prompt asks for. Safe to use from several threads.</summary>
/// <param name="sandbox">Not owned. Null where this machine has none; programs are then judged only as far as <see cref="CodeVerifier"/> can.</param>
/// <param name="hasPartialCredit">A program that passes some tests earns more than one that passes none, and less than a right one.</param>
public sealed class ResponseVerifier(Sandbox? sandbox, bool hasPartialCredit)
{
    /// <summary>The reward style of prompts whose responses are programs.</summary>
    public const string Code = "code";

    private readonly CodeVerifier _code = new(sandbox);

    /// <returns>Whether prompts of this <see cref="Prompt.RewardStyle"/> can be judged.</returns>
    public static bool Supports(string style) => style == Code || RuleVerifier.Supports(style);

    /// <exception cref="SandboxMissingException">Nothing here can hold the response's program; it was not run.</exception>
    /// <exception cref="UnknownRewardStyleException">No verifier has the prompt's reward style.</exception>
    public async Task<Verdict> JudgeAsync(Prompt prompt, string response, CancellationToken cancellationToken) =>
        prompt.RewardStyle == Code ? await JudgeProgramAsync(prompt, response, cancellationToken) : RuleVerifier.Grade(prompt, response);

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
