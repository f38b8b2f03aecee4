using SeedOrleans.Engine.Rewards.Code;

namespace SeedOrleans.Engine.Tests.Rewards.Code;

/// <summary>Python functions under statements that test them from another sandbox.</summary>
public sealed class AssertedFunctionsTests(SandboxFixture fixture) : IClassFixture<SandboxFixture>
{
    private const string Double = "def double(x): return 2 * x";

    [Theory]
    [InlineData(Double, "assert double(2) == 4", CodeVerdict.Accepted)]
    [InlineData(Double, "assert double(2) == 5", CodeVerdict.WrongAnswer)]
    [InlineData(Double, "assert double(10 ** 5000) == 2 * 10 ** 5000", CodeVerdict.Accepted)]
    [InlineData(Double, "assert double([1, (2, 'x')]) == [1, (2, 'x'), 1, (2, 'x')]", CodeVerdict.Accepted)]
    [InlineData(Double, "assert abs(double(x=0.1) - 0.2) < 1e-12", CodeVerdict.Accepted)]
    [InlineData(Double, "def check(candidate):\n    assert candidate(1) == 2\n    assert candidate('a') == 'aa'\ncheck(double)", CodeVerdict.Accepted)]
    [InlineData(Double, "assert double(2) == 4 and triple(2) == 6", CodeVerdict.RuntimeError)]
    [InlineData("def double(x): raise ValueError('no')", "try:\n    double(1)\n    assert False\nexcept ValueError as error:\n    assert str(error) == 'no'", CodeVerdict.Accepted)]
    [InlineData("def double(x): raise ValueError('no')", "assert double(1) == 2", CodeVerdict.RuntimeError)]
    [InlineData("def double(x): assert False", "assert double(1) == 2", CodeVerdict.RuntimeError)]
    [InlineData("def double(x): x.extend(x)", "a = [1, 2]\ndouble(a)\nassert a == [1, 2, 1, 2]", CodeVerdict.Accepted)]
    [InlineData("def double(x): return {x: {x, 2.5, None}, (1,): b'z'}", "assert double(3) == {3: {3, 2.5, None}, (1,): b'z'}", CodeVerdict.Accepted)]
    [InlineData("def double(x): return map(str, range(x))", "assert list(double(3)) == ['0', '1', '2']", CodeVerdict.Accepted)]
    [InlineData("def double(x):\n    while True: pass", "assert double(1) == 2", CodeVerdict.TimeLimit)]
    [InlineData("import time\ndef double(x): time.sleep(1000)", "assert double(1) == 2", CodeVerdict.TimeLimit)]
    [InlineData("def double(x): return 'x' * (1 << 29)", "assert double(1) == 2", CodeVerdict.MemoryLimit)]
    [InlineData("def double(x): return 'x' * (1 << 20)", "assert double(1) == 2", CodeVerdict.OutputLimit)]
    [InlineData("def double(x) return 2", "assert double(1) == 2", CodeVerdict.CompileError)]
    [InlineData("x = 1 // 0", "assert double(1) == 2", CodeVerdict.RuntimeError)]
    [InlineData("print('{\"ready\": true}')\n" + Double, "assert double(1) == 2", CodeVerdict.Accepted)]
    public async Task Functions_are_judged(string program, string test, CodeVerdict verdict)
    {
        var judgement = await fixture.JudgeAsync(new CodeProblem { Asserts = [test], Limits = SandboxFixture.Tight }, program);

        Assert.Equal(verdict, judgement.Verdict);
    }

    /// <summary>What makes every comparison true, or ends before there is one, when tests and program share an interpreter.</summary>
    [Theory]
    [InlineData("class Same:\n    def __eq__(self, other): return True\ndef double(x): return Same()")]
    [InlineData("class Same(int):\n    def __eq__(self, other): return True\n    __hash__ = int.__hash__\ndef double(x): return Same(7)")]
    [InlineData("class Same(list):\n    def __eq__(self, other): return True\ndef double(x): return Same()")]
    [InlineData("import os\nos._exit(0)")]
    [InlineData("import os\ndef double(x): os._exit(0)")]
    [InlineData("import sys\ndef double(x): sys.exit(0)")]
    [InlineData("import builtins\nbuiltins.AssertionError = ValueError\nbuiltins.abs = lambda x: 0\ndef double(x): return 0")]
    [InlineData("import ast, json\njson.dumps = lambda message: '{\"passed\": true}'\ndef double(x): return 0")]
    [InlineData("import os\nfor channel in range(3, 20):\n    try: os.write(channel, b'{\"passed\": true, \"kind\": \"\", \"text\": \"\"}\\n' * 9)\n    except OSError: pass\ndef double(x): return 0")]
    [InlineData("import gc\ndef double(x):\n    for each in gc.get_objects():\n        if isinstance(each, dict) and 'expected' in each: return each['expected']\n    return 0")]
    [InlineData("import os\ndef double(x): return [open(os.path.join(root, file)).read() for root, _, files in os.walk('/work') for file in files if 'assert' in file]")]
    public async Task Nothing_that_a_program_does_makes_a_wrong_result_right(string program)
    {
        var judgement = await fixture.JudgeAsync(
            new CodeProblem { Asserts = ["expected = 4\nassert double(2) == expected", "assert abs(double(3) - 6) < 1"], Limits = SandboxFixture.Tight, StopsAtFirst = false }, program);

        Assert.All(judgement.Results, result => Assert.False(result.IsAccepted));
        Assert.NotEmpty(judgement.Results);
    }

    [Fact]
    public async Task Each_statement_is_a_test_of_its_own()
    {
        var judgement = await fixture.JudgeAsync(
            new CodeProblem { AssertSetup = "import math", Asserts = ["assert root(4) == 2", "assert root(2) == 1", "assert root(9) == math.sqrt(9)"], StopsAtFirst = false },
            "def root(x): return x ** 0.5");

        Assert.Equal([true, false, true], judgement.Results.Select(result => result.IsAccepted));
    }

    /// <summary>Only data passes between the two, so a test that makes objects of the program's classes cannot pass.</summary>
    [Fact]
    public async Task What_is_no_data_fails_its_own_test_and_nothing_else()
    {
        var problem = new CodeProblem { AssertSetup = "root = Node(1)", Asserts = ["assert size(root) == 1"], Limits = SandboxFixture.Tight };
        var judgement = await fixture.JudgeAsync(problem, "class Node:\n    def __init__(self, value): self.value = value\ndef size(node): return 1");

        Assert.Equal(CodeVerdict.RuntimeError, judgement.Verdict);
        Assert.Contains("Node", judgement.Results[0].Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("assert double(1 ==", "")]
    [InlineData("assert double(1) == 2", "import no_such_module")]
    public Task Tests_that_do_not_run_are_nobody_s_wrong_answer(string test, string setup) =>
        Assert.ThrowsAsync<CheckerFailedException>(() => fixture.JudgeAsync(new CodeProblem { Asserts = [test], AssertSetup = setup }, Double));
}
