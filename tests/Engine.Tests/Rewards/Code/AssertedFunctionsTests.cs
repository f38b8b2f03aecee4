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

    private const string Node = """
        class Node:
            def __init__(self, value): self.value, self.left = value, None
            def total(self): return self.value + (self.left.total() if self.left else 0)
        def total(node): return node.total()
        def most(nodes): return max(nodes, key=lambda node: node.value)
        def adder(n): return lambda x: x + n
        """;

    /// <summary>Objects of the program's classes stay with it; tests make them, set and read their attributes, call them and hand them on.</summary>
    [Theory]
    [InlineData("root = Node(1)", "assert total(root) == 1", CodeVerdict.Accepted)]
    [InlineData("root = Node(1)\nroot.left = Node(2)", "assert total(root) == 3 and root.left.total() == 2", CodeVerdict.Accepted)]
    [InlineData("root = Node(1)\nroot.left = Node(2)", "assert root.left.value == 1", CodeVerdict.WrongAnswer)]
    [InlineData("", "assert most([Node(3), Node(5), Node(4)]).value == 5", CodeVerdict.Accepted)]
    [InlineData("", "assert Node(3).left is None and Node(3) is not None", CodeVerdict.Accepted)]
    [InlineData("", "assert adder(2)(3) == 5", CodeVerdict.Accepted)]
    [InlineData("node = Node(1)", "assert node == node", CodeVerdict.RuntimeError)]
    [InlineData("", "assert Node(1)", CodeVerdict.RuntimeError)]
    [InlineData("", "assert Node(1).right == 2", CodeVerdict.RuntimeError)]
    [InlineData("", "assert sorted([Node(1), Node(2)])", CodeVerdict.WrongAnswer)]
    [InlineData("", "assert {Node(1): 2}", CodeVerdict.WrongAnswer)]
    [InlineData("root = Node(1).value.left", "assert total(root) == 1", CodeVerdict.RuntimeError)]
    public async Task Objects_of_the_program_are_used_where_they_are(string setup, string test, CodeVerdict verdict)
    {
        var judgement = await fixture.JudgeAsync(new CodeProblem { AssertSetup = setup, Asserts = [test], Limits = SandboxFixture.Tight }, Node);

        Assert.Equal(verdict, judgement.Verdict);
    }

    /// <summary>Every comparison is the tests' own, and every one with an object fails.</summary>
    [Theory]
    [InlineData("assert same() == 4")]
    [InlineData("assert 4 == same()")]
    [InlineData("assert same() != 5")]
    [InlineData("assert not same() == 5")]
    [InlineData("assert same() in [4]")]
    [InlineData("assert same() not in [5]")]
    [InlineData("assert [same()] == [4]")]
    [InlineData("assert {'a': same()} == {'a': 4}")]
    [InlineData("assert same() in {4}")]
    [InlineData("assert same()")]
    [InlineData("assert not same()")]
    [InlineData("assert same() <= 4")]
    [InlineData("assert 4 >= same()")]
    [InlineData("assert abs(same() - 4) < 1e-9")]
    [InlineData("assert len(same()) == 0")]
    [InlineData("assert str(same()) == '4'")]
    [InlineData("assert all(x == 4 for x in same())")]
    [InlineData("assert isinstance(same(), int)")]
    [InlineData("assert same().__eq__(4)")]
    [InlineData("assert same().other == 4")]
    [InlineData("assert same()() == 4")]
    [InlineData("import math\nassert math.isclose(same(), 4)")]
    public async Task An_object_is_equal_to_nothing(string test)
    {
        const string Program = """
            class Same:
                def always(self, *_): return True
                __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __bool__ = always
                def __hash__(self): return 4
                def __len__(self): return 0
                def __iter__(self): return iter(())
                def __sub__(self, other): return self
                def __float__(self): return 4.0
                def __str__(self): return '4'
                def __getattr__(self, name):
                    if name[0] == '_': raise AttributeError(name)
                    return self
                def __call__(self, *_): return self
            def same(): return Same()
            """;

        var judgement = await fixture.JudgeAsync(new CodeProblem { Asserts = [test], Limits = SandboxFixture.Tight }, Program);

        Assert.False(judgement.IsCorrect);
    }

    [Theory]
    [InlineData("assert double(1 ==", "")]
    [InlineData("assert double(1) == 2", "import no_such_module")]
    public async Task Tests_that_do_not_run_are_nobody_s_wrong_answer(string test, string setup)
    {
        var failure = await Assert.ThrowsAsync<CheckerFailedException>(() => fixture.JudgeAsync(new CodeProblem { Asserts = [test], AssertSetup = setup }, Double));

        Assert.StartsWith("The statements that test the program do not run themselves", failure.Message, StringComparison.Ordinal);
    }
}
