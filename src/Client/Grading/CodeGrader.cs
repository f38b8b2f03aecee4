using SeedOrleans.Client.Commands;
using SeedOrleans.Engine.Rewards.Code;
using SeedOrleans.Engine.Rewards.Code.Sandboxing;

namespace SeedOrleans.Client.Grading;

/// <summary>Grades programs: 1 where all tests pass, −1 for anything else.</summary>
/// <param name="everyTest">Goes on after a test that fails.</param>
/// <param name="timeLimit">Of references that name none.</param>
internal sealed class CodeGrader(bool everyTest, TimeSpan timeLimit) : IGrader
{
    private readonly MachineSandbox _sandbox = new();

    public int AtOnce => Environment.ProcessorCount;

    public bool TakesJson => true;

    public async ValueTask<Grade> GradeAsync(GradeLine line, CancellationToken cancellationToken)
    {
        var verifier = new CodeVerifier(await _sandbox.GetAsync());
        try
        {
            var judgement = await verifier.JudgeAsync(CodeProblemReader.Read(line.Reference, timeLimit) with { StopsAtFirst = !everyTest }, line.Response, cancellationToken);
            return new Grade(judgement.IsCorrect ? 1 : -1, judgement.IsCorrect, Abbreviation(judgement.Verdict), Reason(judgement), judgement.Program);
        }
        catch (Exception refusal) when (refusal is CodeProblemFormatException or CheckerFailedException or SandboxMissingException)
        {
            throw new CommandFailedException(ExitCode.Usage, $"{line.Place}: {refusal.Message}");
        }
    }

    public void Dispose() => _sandbox.Dispose();

    private string Reason(CodeJudgement judgement)
    {
        var passed = $"{judgement.Results.Count(result => result.IsAccepted)} of {judgement.Tests} tests passed";
        var verdicts = everyTest ? $" ({string.Join(' ', judgement.Results.Select(result => Abbreviation(result.Verdict)))})" : "";
        return judgement.Results.FirstOrDefault(result => !result.IsAccepted) is { } failed ? $"{passed}{verdicts}: {failed.Note}" : $"{passed}.";
    }

    /// <summary>As online judges write it.</summary>
    private static string Abbreviation(CodeVerdict verdict) => verdict switch
    {
        CodeVerdict.Accepted => "AC",
        CodeVerdict.WrongAnswer => "WA",
        CodeVerdict.TimeLimit => "TLE",
        CodeVerdict.MemoryLimit => "MLE",
        CodeVerdict.OutputLimit => "OLE",
        CodeVerdict.RuntimeError => "RE",
        CodeVerdict.CompileError => "CE",
        _ => "SV",
    };
}
