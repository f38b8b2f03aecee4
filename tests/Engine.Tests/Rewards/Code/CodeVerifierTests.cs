using SeedOrleans.Engine.Rewards.Code;
using SeedOrleans.Engine.Rewards.Code.Sandboxing;

namespace SeedOrleans.Engine.Tests.Rewards.Code;

/// <summary>Programs that read and write: every verdict, in every language.</summary>
public sealed class CodeVerifierTests(SandboxFixture fixture) : IClassFixture<SandboxFixture>
{
    private static readonly CodeProblem Doubling = new()
    {
        Tests = [new CodeTest("21\n", "42\n"), new CodeTest("-3\n", "-6\n")],
        Limits = SandboxFixture.Tight,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("print(int(input()) * 2)", CodeVerdict.Accepted)]
    [InlineData("print(int(input()) * 2, end='  \\n\\n')\nexit()", CodeVerdict.Accepted)]
    [InlineData("print(42)", CodeVerdict.WrongAnswer)]
    [InlineData("pass", CodeVerdict.WrongAnswer)]
    [InlineData("print(int(input()) * 2, 0)", CodeVerdict.WrongAnswer)]
    [InlineData("while True: pass", CodeVerdict.TimeLimit)]
    [InlineData("x = 'a' * (1 << 30)", CodeVerdict.MemoryLimit)]
    [InlineData("while True: print('x' * 1000)", CodeVerdict.OutputLimit)]
    [InlineData("print(1 // 0)", CodeVerdict.RuntimeError)]
    [InlineData("print(int(input()) * 2); raise SystemExit(3)", CodeVerdict.RuntimeError)]
    [InlineData("import os; os.abort()", CodeVerdict.RuntimeError)]
    [InlineData("print(int(input()) * ", CodeVerdict.CompileError)]
    [InlineData("  print(1)\n print(2)", CodeVerdict.CompileError)]
    public async Task Python_is_judged(string program, CodeVerdict verdict)
    {
        var judgement = await fixture.JudgeAsync(Doubling, program);

        Assert.Equal(verdict, judgement.Verdict);
        Assert.Equal(verdict == CodeVerdict.Accepted, judgement.IsCorrect);
    }

    [Theory]
    [InlineData("int main() { int x; std::cin >> x; std::cout << 2 * x; }", CodeVerdict.Accepted)]
    [InlineData("int main() { int x; std::cin >> x; std::cout << x; }", CodeVerdict.WrongAnswer)]
    [InlineData("int main() { return undefined; }", CodeVerdict.CompileError)]
    [InlineData("int main() { volatile int* p = nullptr; return *p; }", CodeVerdict.RuntimeError)]
    [InlineData("int main() { std::vector<char> all(1L << 40); std::cout << all[5]; }", CodeVerdict.MemoryLimit)]
    public async Task Cpp_is_compiled_and_judged(string program, CodeVerdict verdict)
    {
        var judgement = await fixture.JudgeAsync(Doubling with { Language = CodeLanguage.Cpp }, $"#include <iostream>\n#include <vector>\n{program}");

        Assert.Equal(verdict, judgement.Verdict);
    }

    [Theory]
    [InlineData("print(2 * Number(readline()))", CodeVerdict.Accepted)]
    [InlineData("console.log(2 * parseInt(input))", CodeVerdict.Accepted)]
    [InlineData("print(1)", CodeVerdict.WrongAnswer)]
    [InlineData("print(", CodeVerdict.CompileError)]
    [InlineData("throw new Error('no')", CodeVerdict.RuntimeError)]
    [InlineData("function f() { return f() + 1 } f()", CodeVerdict.RuntimeError)]
    [InlineData("while (true) {}", CodeVerdict.TimeLimit)]
    [InlineData("let all = []; while (true) all.push('x'.repeat(50000000) + all.length)", CodeVerdict.MemoryLimit)]
    [InlineData("while (true) print('x'.repeat(1000))", CodeVerdict.OutputLimit)]
    [InlineData("System.IO.File.ReadAllText('/etc/passwd')", CodeVerdict.RuntimeError)]
    [InlineData("importNamespace('System')", CodeVerdict.RuntimeError)]
    public async Task JavaScript_needs_no_sandbox(string program, CodeVerdict verdict)
    {
        var judgement = await new CodeVerifier(null).JudgeAsync(Doubling, $"```js\n{program}\n```", Cancellation);

        Assert.Equal(verdict, judgement.Verdict);
    }

    [Theory]
    [InlineData("```python\nprint(1)\n```")]
    [InlineData("```cpp\nint main() {}\n```")]
    public Task What_nothing_can_hold_is_not_run(string response) =>
        Assert.ThrowsAsync<SandboxMissingException>(() => new CodeVerifier(null).JudgeAsync(Doubling, response, Cancellation));

    [Theory]
    [InlineData("<think>```python\nprint(int(input()) * 2)\n```</think> I do not know.")]
    [InlineData("<think>```python\nprint(int(input()) * 2)\n```")]
    [InlineData("```python\nprint(int(input()) * 2)\n```\nor rather\n```python\nprint(0)\n```")]
    [InlineData("```python\nprint(int(input()) * 2)")]
    [InlineData("")]
    public async Task What_is_not_the_last_program_outside_of_thoughts_does_not_count(string response)
    {
        var judgement = await fixture.Verifier.JudgeAsync(Doubling, response, Cancellation);

        Assert.False(judgement.IsCorrect);
    }

    [Fact]
    public async Task All_tests_are_run_where_the_share_of_those_that_pass_is_wanted()
    {
        var problem = Doubling with { StopsAtFirst = false, Tests = [new CodeTest("0", "1"), new CodeTest("2", "4"), new CodeTest("3", "6")] };

        var judgement = await fixture.JudgeAsync(problem, "print(int(input()) * 2)");

        Assert.Equal([CodeVerdict.WrongAnswer, CodeVerdict.Accepted, CodeVerdict.Accepted], judgement.Results.Select(result => result.Verdict));
        Assert.Equal(2.0 / 3, judgement.Passed, 1e-12);
        Assert.False(judgement.IsCorrect);
    }

    [Theory]
    [InlineData("0.333333", 0, false)]
    [InlineData("0.333333", 1e-5, true)]
    [InlineData("0.3334", 1e-5, false)]
    [InlineData("nan", 1e-5, false)]
    [InlineData("inf", 1e-5, false)]
    public async Task Numbers_may_be_off_by_a_tolerance(string output, double tolerance, bool isRight)
    {
        var problem = new CodeProblem { Tests = [new CodeTest("", "0.3333333333")], Tolerance = tolerance };

        var judgement = await fixture.JudgeAsync(problem, $"print('{output}')");

        Assert.Equal(isRight, judgement.IsCorrect);
    }

    /// <summary>Any two numbers of the given sum.</summary>
    [Theory]
    [InlineData("print(1, 9)", true)]
    [InlineData("print(10, 0)", true)]
    [InlineData("print(5, 6)", false)]
    [InlineData("print('5 5; 0')", false)]
    public async Task A_checker_decides_where_several_outputs_are_right(string program, bool isRight)
    {
        var problem = new CodeProblem
        {
            Tests = [new CodeTest("10", "5 5")],
            Checker = """
                import sys
                given, output, expected = (open(path).read() for path in sys.argv[1:])
                try:
                    sys.exit(sum(map(int, output.split())) != int(given))
                except ValueError:
                    sys.exit(1)
                """,
        };

        var judgement = await fixture.JudgeAsync(problem, program);

        Assert.Equal(isRight, judgement.IsCorrect);
    }

    [Fact]
    public async Task A_checker_that_fails_is_nobody_s_wrong_answer()
    {
        var problem = new CodeProblem { Tests = [new CodeTest("", "")], Checker = "raise Exception('broken', file=3)" };

        await Assert.ThrowsAsync<CheckerFailedException>(() => fixture.JudgeAsync(problem with { Checker = "import os; os._exit(7)" }, "pass"));
    }

    [Fact]
    public async Task Tests_are_run_in_order_up_to_the_first_that_fails()
    {
        var problem = Doubling with { Tests = [new CodeTest("1", "2"), new CodeTest("2", "5"), new CodeTest("3", "6")] };

        var judgement = await fixture.JudgeAsync(problem, "print(int(input()) * 2)");

        Assert.Equal([CodeVerdict.Accepted, CodeVerdict.WrongAnswer], judgement.Results.Select(result => result.Verdict));
    }

    [Theory]
    [InlineData(SandboxMode.Forked)]
    [InlineData(SandboxMode.Single)]
    public async Task Many_at_once_wait_for_a_place(SandboxMode mode)
    {
        using var sandbox = await Sandbox.OpenAsync(1, mode, Cancellation);
        var verifier = new CodeVerifier(sandbox);

        var judgements = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => verifier.JudgeAsync(Doubling, "print(int(input()) * 2)", Cancellation)));

        Assert.All(judgements, judgement => Assert.True(judgement.IsCorrect));
        Assert.InRange(sandbox.ZygotesStarted, 0, 1);
    }

    [Fact]
    public async Task A_sandbox_that_rests_keeps_nothing_running_and_judges_as_before()
    {
        using var sandbox = await Sandbox.OpenAsync(1, SandboxMode.Forked, Cancellation);
        var (verifier, started) = (new CodeVerifier(sandbox), sandbox.ZygotesStarted);

        sandbox.Rest();
        var judgement = await verifier.JudgeAsync(Doubling, "print(int(input()) * 2)", Cancellation);

        Assert.True(judgement.IsCorrect);
        Assert.Equal(started + 1, sandbox.ZygotesStarted);
    }

    /// <summary>One place: what waits for it and what has it are both given up, and the next has it.</summary>
    [Theory]
    [InlineData(SandboxMode.Forked)]
    [InlineData(SandboxMode.Single)]
    public async Task Whoever_is_cancelled_leaves_the_place(SandboxMode mode)
    {
        using var sandbox = await Sandbox.OpenAsync(1, mode, Cancellation);
        var verifier = new CodeVerifier(sandbox);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var asleep = Doubling with { Limits = SandboxLimits.Default with { CpuTime = TimeSpan.FromMinutes(1) } };
        var judged = Enumerable.Range(0, 3).Select(_ => verifier.JudgeAsync(asleep, "import time\ntime.sleep(1000)", cancellation.Token)).ToArray();

        await cancellation.CancelAsync();

        foreach (var each in judged)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => each);
        Assert.True((await verifier.JudgeAsync(Doubling, "print(int(input()) * 2)", Cancellation)).IsCorrect);
    }
}
