using System.Text;
using SeedOrleans.Engine.Rewards.Code.Sandboxing;

namespace SeedOrleans.Engine.Rewards.Code;

/// <summary>A program that reads and writes, in a sandbox for each test. What it should write stays outside.</summary>
internal sealed class TestedProgram : IDisposable
{
    private const string Program = ProgramFolder.Inside + "/program";

    /// <summary>Compilers need more than programs.</summary>
    private static readonly SandboxLimits Compiling = new(TimeSpan.FromSeconds(20), 2L << 30, 64, 32 << 20);

    private readonly Sandbox _sandbox;
    private readonly ProgramFolder _folder;
    private readonly string[] _command;

    private TestedProgram(Sandbox sandbox, ProgramFolder folder, string[] command) => (_sandbox, _folder, _command) = (sandbox, folder, command);

    /// <returns>Ready to run, or why it cannot be.</returns>
    public static async Task<(TestedProgram? Program, TestResult? Failure)> MakeAsync(
        Sandbox sandbox, string text, CodeLanguage language, CancellationToken cancellationToken)
    {
        var folder = new ProgramFolder();
        if (language == CodeLanguage.Python)
        {
            folder.Add("program.py", text);
            return (new TestedProgram(sandbox, folder, ProgramFolder.Python("program.py")), null);
        }

        using var source = new ProgramFolder();
        source.Add("program.cpp", text);
        var compiled = await sandbox.RunAsync(
            source, default, Compiling, cancellationToken,
            "/bin/sh", "-c", "g++ -O2 -std=c++17 -pipe -o program /work/program.cpp 1>&2 && cat program");
        if (!compiled.IsSuccess)
        {
            folder.Dispose();
            return (null, new TestResult(CodeVerdict.CompileError, Verdicts.Note(compiled), compiled.Time));
        }

        folder.Add("program", compiled.Output);
        return (new TestedProgram(sandbox, folder, [Program]), null);
    }

    public async Task<TestResult> RunAsync(CodeTest test, CodeProblem problem, CancellationToken cancellationToken)
    {
        var outcome = await _sandbox.RunAsync(_folder, Encoding.UTF8.GetBytes(test.Input), problem.Limits, cancellationToken, _command);
        if (Verdicts.Of(outcome) is { } failure)
            return new TestResult(failure, Verdicts.Note(outcome), outcome.Time);

        var isRight = problem.Checker is { } checker
            ? await CheckAsync(checker, test, outcome.Output, cancellationToken)
            : OutputComparison.AreEqual(outcome.Output, test.Expected, problem.Tolerance);
        return isRight
            ? new TestResult(CodeVerdict.Accepted, "", outcome.Time)
            : new TestResult(CodeVerdict.WrongAnswer, "The output is not right.", outcome.Time);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>In a sandbox of its own, in which the judged program never was.</summary>
    private async Task<bool> CheckAsync(string checker, CodeTest test, byte[] output, CancellationToken cancellationToken)
    {
        using var folder = new ProgramFolder();
        folder.Add("checker.py", checker);
        folder.Add("input", test.Input);
        folder.Add("output", output);
        folder.Add("expected", test.Expected);
        string[] files = [.. ((string[])["input", "output", "expected"]).Select(name => $"{ProgramFolder.Inside}/{name}")];
        var outcome = await _sandbox.RunAsync(folder, default, SandboxLimits.Default, cancellationToken, ProgramFolder.Python("checker.py", files));
        return outcome.Ending == SandboxEnding.Exited && outcome.ExitCode is 0 or 1
            ? outcome.ExitCode == 0
            : throw new CheckerFailedException(outcome);
    }
}
