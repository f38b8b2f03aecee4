using System.CommandLine;
using SeedOrleans.Client.Commands;
using SeedOrleans.Engine.Rewards.Judges;
using SeedOrleans.Engine.Rewards.Judges.Ladder;

namespace SeedOrleans.Client.Grading;

/// <summary><c>--kind judge</c>: a model reads question, reference and response.</summary>
/// <param name="mathematics">Has the policy of the ladder's rule.</param>
internal sealed class JudgeGraderKind(JudgeModelOptions models, MathematicsGraderKind mathematics, TimeProvider time) : IGraderKind
{
    private readonly Option<bool> _ladder = new("--ladder") { Description = "The rules of --kind math first, and the judge only where they abstain (judge)." };
    private readonly Option<double> _audit = NumberOptions.Of("--audit", "The share of what the rules decide that the judge sees as well; the rules' verdict stands (judge).", 0, 1, 0.0, "SHARE");
    private readonly Option<string?> _disagreements = new("--disagreements") { Description = "Where to append what rules and judge disagree on, in JSON lines (judge).", HelpName = "FILE" };

    public string Name => "judge";

    public IReadOnlyList<Option> Options => [.. models.All, _ladder, _audit, _disagreements];

    public IGrader Create(ParseResult parsed)
    {
        var spec = models.Read(parsed);
        var file = parsed.GetValue(_disagreements);
        if (!parsed.GetValue(_ladder) && (parsed.GetValue(_audit) > 0 || file is not null))
            throw new CommandFailedException(ExitCode.Usage, "--audit and --disagreements compare the judge with the rules; give --ladder, too.");

        var log = file is null ? null : Open(file);
        var model = JudgeModelOptions.Open(spec, time);
        IAnswerJudge judge = AnswerJudge.Of(spec.Style, model, JudgeOptions.Of(spec));
        if (parsed.GetValue(_ladder))
        {
            judge = new JudgeLadder(
                judge, new LadderOptions { Policy = mathematics.PolicyOf(parsed), AuditShare = parsed.GetValue(_audit), Seed = (ulong)spec.Seed }, log, time);
        }

        return new JudgeGrader(judge, spec.Parallel, [model, .. log is null ? (ReadOnlySpan<IDisposable>)[] : [log]]);
    }

    private static JsonLinesDisagreementLog Open(string file)
    {
        try
        {
            new FileStream(file, FileMode.Append).Dispose();
            return new JsonLinesDisagreementLog(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandFailedException(ExitCode.Usage, $"{file} cannot be written ({failure.Message.TrimEnd('.')}); give another --disagreements.");
        }
    }
}
