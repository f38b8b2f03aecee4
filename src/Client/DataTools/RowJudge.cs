using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Data.Files;
using SeedOrleans.Engine.Rewards;
using SeedOrleans.Engine.Rewards.Code.Sandboxing;
using SeedOrleans.Engine.Rewards.Mathematics;

namespace SeedOrleans.Client.DataTools;

/// <summary>Judges responses to a row's question by the row's own verifier, where that is a rule or tests. Safe to use from several threads.</summary>
internal sealed class RowJudge : IDisposable
{
    /// <summary>Two answers agree in value, however far either is worked out.</summary>
    private static readonly MathematicsPolicy AnyForm = MathematicsPolicy.Default with { Form = AnswerForm.Any };

    private readonly MachineSandbox _sandbox = new();

    /// <returns>Whether no model is needed.</returns>
    public static bool CanJudge(string style) => style == ResponseVerifier.Code || RuleVerifier.Supports(style);

    /// <returns>Why no run could judge the style; null where one can, with a model or without.</returns>
    public static string? FindUnknown(string style) =>
        ResponseVerifier.NeedsModel(style) ? null : ResponseVerifier.FindMissing(style, new RewardSpec());

    /// <exception cref="Engine.Rewards.Code.Sandboxing.SandboxMissingException">The response is a program, and nothing here can hold it.</exception>
    public async Task<Verdict> JudgeAsync(DataRow row, string response, CancellationToken cancellationToken)
    {
        var sandbox = row.RewardStyle == ResponseVerifier.Code ? await _sandbox.GetAsync() : null;
        var prompt = new Prompt
        {
            Id = "row",
            Tokens = [],
            Question = row.ReadQuestion(),
            DataSource = row.DataSource ?? "",
            RewardStyle = row.RewardStyle,
            GroundTruth = row.GroundTruth,
        };
        return await new ResponseVerifier(sandbox, hasPartialCredit: false).JudgeAsync(prompt, response, cancellationToken);
    }

    /// <returns>Whether two answers to the question, as its verifier read them, are one; programs never are.</returns>
    public static bool AreSame(DataRow row, string first, string second) => row.RewardStyle switch
    {
        ResponseVerifier.Code => false,
        var style when RuleVerifier.IsMathematics(style) => MathematicsVerifier.Judge(row.ReadQuestion(), first, $"\\boxed{{{second}}}", AnyForm).Outcome == Outcome.Correct,
        _ => string.Equals(first, second, StringComparison.Ordinal),
    };

    public void Dispose() => _sandbox.Dispose();
}
