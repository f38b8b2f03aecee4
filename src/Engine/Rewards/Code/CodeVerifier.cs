using SeedOrleans.Engine.Rewards.Code.Sandboxing;

namespace SeedOrleans.Engine.Rewards.Code;

/// <summary>Judges the program in a response by running it, in a sandbox, against a problem's tests.</summary>
/// <param name="sandbox">Not owned. Null where this machine has none: JavaScript is then judged by an interpreter of this process, and nothing else is.</param>
public sealed class CodeVerifier(Sandbox? sandbox)
{
    /// <param name="response">Its reasoning does not count.</param>
    /// <exception cref="SandboxMissingException">There is nothing here that can hold the program; it was not run.</exception>
    /// <exception cref="CheckerFailedException">The problem's own tests do not run.</exception>
    public async Task<CodeJudgement> JudgeAsync(CodeProblem problem, string response, CancellationToken cancellationToken)
    {
        var count = problem.Asserts.Length + problem.Tests.Length;
        if (ResponseProgram.In(FinalAnswer.AfterThinking(response)) is not { } program)
            return new CodeJudgement("", [new TestResult(CodeVerdict.CompileError, "The response has no program.", TimeSpan.Zero)], count);

        var language = problem.Language ?? program.Language ?? CodeLanguage.Python;
        IReadOnlyList<TestResult> results = language == CodeLanguage.JavaScript
            ? [.. Each(problem, test => new InterpretedJavaScript(program.Text, problem).Run(test, cancellationToken))]
            : await InSandboxAsync(problem, program.Text, language, cancellationToken);
        return new CodeJudgement(program.Text, [.. results], count);
    }

    private async Task<IReadOnlyList<TestResult>> InSandboxAsync(CodeProblem problem, string program, CodeLanguage language, CancellationToken cancellationToken)
    {
        var held = sandbox ?? throw new SandboxMissingException($"it has no sandbox for {language}");
        List<TestResult> results = [];
        if (problem.Asserts.Length > 0)
        {
            results.AddRange(await new AssertedFunctions(held).RunAsync(program, problem, cancellationToken));
            if (results.Count < problem.Asserts.Length || (problem.StopsAtFirst && !results[^1].IsAccepted))
                return results;
        }

        if (problem.Tests.Length == 0)
            return results;

        var (tested, failure) = await TestedProgram.MakeAsync(held, program, language, cancellationToken);
        if (tested is null)
            return [.. results, failure!];

        using (tested)
            foreach (var test in problem.Tests)
            {
                results.Add(await tested.RunAsync(test, problem, cancellationToken));
                if (problem.StopsAtFirst && !results[^1].IsAccepted)
                    break;
            }

        return results;
    }

    private static IEnumerable<TestResult> Each(CodeProblem problem, Func<CodeTest, TestResult> run)
    {
        foreach (var test in problem.Tests)
        {
            var result = run(test);
            yield return result;
            if (problem.StopsAtFirst && !result.IsAccepted)
                yield break;
        }
    }
}
