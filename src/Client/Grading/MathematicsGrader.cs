using SeedOrleans.Client.Views;
using SeedOrleans.Engine.Rewards.Mathematics;

namespace SeedOrleans.Client.Grading;

/// <summary>Grades mathematics: 1 for correct, −1 for anything else.</summary>
internal sealed class MathematicsGrader : IGrader
{
    /// <summary>Judged before the first line, so that its time is the rules' and not the compiler's.</summary>
    private static readonly (string Reference, string Response)[] WarmUp =
    [
        ("\\frac{3}{4}", "So it is 0.75."), ("x^2-1", "Answer: $(x-1)(x+1)$"), ("2\\sqrt{3}", "\\boxed{\\sqrt{12}}"), ("\\sin 2x+\\ln y", "\\boxed{\\ln y+2\\sin x\\cos x}"),
        ("(-\\infty,2)\\cup(3,\\infty)", "\\boxed{x<2 \\text{ or } x>3}"), ("y=2x+3", "\\boxed{2x-y+3=0}"), ("\\{1,2\\}", "\\boxed{2, 1}"), ("5\\text{ cm}", "\\boxed{50\\text{ mm}}"),
        ("C", "(C)"),
    ];

    private readonly MathematicsPolicy _policy;

    public MathematicsGrader(MathematicsPolicy policy)
    {
        _policy = policy;
        foreach (var (reference, response) in WarmUp)
            MathematicsVerifier.Judge(question: null, reference, response, policy);
    }

    public ValueTask<Grade> GradeAsync(GradeLine line, CancellationToken cancellationToken)
    {
        var verdict = MathematicsVerifier.Judge(line.Question, line.Reference, line.Response, _policy);
        var isCorrect = verdict.Outcome == Outcome.Correct;
        return ValueTask.FromResult(new Grade(isCorrect ? 1 : -1, isCorrect, RunJson.Word(verdict.Outcome), verdict.Explain(), verdict.Extracted));
    }
}
