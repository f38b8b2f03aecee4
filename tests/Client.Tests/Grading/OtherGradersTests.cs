using System.Text.Json;
using SeedOrleans.Client.Tests.Commands;

namespace SeedOrleans.Client.Tests.Grading;

/// <summary><c>seed grade</c> for programs and for generated tasks.</summary>
public sealed class OtherGradersTests : IDisposable
{
    private readonly CommandRunner _seed = new();

    public void Dispose() => _seed.Dispose();

    [Fact]
    public async Task Programs_are_graded_side_by_side_and_printed_in_order()
    {
        _seed.Input = """
            {"id":1,"reference":{"inputs":["21","4"],"outputs":["42","8"]},"response":"```python\nimport time\ntime.sleep(0.5)\nprint(2 * int(input()))\n```"}
            {"id":2,"reference":"{\"inputs\":[\"21\"],\"outputs\":[\"42\"]}","response":"```python\nprint(41)\n```"}
            {"id":3,"reference":"assert double(2) == 4\nassert double('a') == 'aa'","response":"```python\ndef double(x): return 2 * x\n```"}
            {"id":4,"reference":[{"input":"21","output":"42"}],"response":"```js\nprint(2 * readline())\n```"}
            {"id":5,"reference":[{"input":"21","output":"42"}],"response":"I do not know."}
            """;

        Assert.Equal(0, await GradeAsync("code"));

        Assert.Equal(["1 AC 1", "2 WA -1", "3 AC 1", "4 AC 1", "5 CE -1"], _seed.Lines.Select(Short));
        Assert.Equal("0 of 1 tests passed: The output is not right.", Of(_seed.Lines[1]).GetProperty("reason").GetString());
        Assert.Equal("print(41)\n", Of(_seed.Lines[1]).GetProperty("extracted").GetString());
    }

    [Fact]
    public async Task All_verdicts_of_a_program_are_named_where_that_is_asked_for()
    {
        _seed.Input = """{"id":1,"reference":{"inputs":["1","2","0"],"outputs":["1","2","1"]},"response":"```python\nx = int(input())\nprint(x if x != 2 else 1 // 0)\n```"}""";

        Assert.Equal(0, await GradeAsync("code", "--every-test"));

        Assert.StartsWith("1 of 3 tests passed (AC RE WA): ", Of(Assert.Single(_seed.Lines)).GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reference_that_is_no_test_ends_the_command_after_the_lines_before_it()
    {
        _seed.Input = """
            {"id":1,"reference":"assert f() == 1","response":"def f(): return 1"}
            {"id":2,"reference":"42","response":"print(42)"}
            {"id":3,"reference":"assert f() == 1","response":"def f(): return 1"}
            """;

        Assert.Equal(2, await GradeAsync("code"));

        Assert.Equal("1 AC 1", Short(Assert.Single(_seed.Lines)));
        Assert.Contains("standard input:2: The reference is no set of tests", _seed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_to_tasks_are_graded_by_their_rules()
    {
        _seed.Input = """
            {"id":"a","task":"countdown","reference":"3,7,2>13","response":"3*2=6;3*2+7"}
            {"id":"b","reference":"42","response":"<think>;41</think>40+2;42"}
            {"id":"c","reference":"42","response":"41"}
            """;

        Assert.Equal(0, await GradeAsync("logic", "--task", "addition"));

        Assert.Equal(["\"a\" correct 1", "\"b\" correct 1", "\"c\" incorrect -1"], _seed.Lines.Select(Short));
    }

    [Theory]
    [InlineData("""{"id":"a","reference":"42","response":"42"}""", "names no task")]
    [InlineData("""{"id":"a","task":"chess","reference":"42","response":"42"}""", "task:chess")]
    public async Task A_line_of_no_task_is_refused(string line, string message)
    {
        _seed.Input = line;

        Assert.Equal(2, await GradeAsync("logic"));

        Assert.Contains(message, _seed.Error, StringComparison.Ordinal);
        Assert.Contains("standard input:1", _seed.Error, StringComparison.Ordinal);
    }

    private static JsonElement Of(string line) => JsonDocument.Parse(line).RootElement;

    private static string Short(string line) => $"{Of(line).GetProperty("id").GetRawText()} {Of(line).GetProperty("verdict").GetString()} {Of(line).GetProperty("reward").GetRawText()}";

    private Task<int> GradeAsync(string kind, params string[] options) => _seed.RunAsync(["grade", "--kind", kind, "--in", "-", .. options]);
}
