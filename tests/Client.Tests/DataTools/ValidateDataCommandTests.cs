using System.Text.Json;
using SeedOrleans.Client.Tests.Commands;

namespace SeedOrleans.Client.Tests.DataTools;

public sealed class ValidateDataCommandTests : IDisposable
{
    private readonly CommandRunner _seed = new();
    private readonly DataFolder _folder = new();

    public void Dispose()
    {
        _seed.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Good_rows_have_no_problem()
    {
        var file = _folder.Write(
            "in.jsonl",
            DataFolder.Question("Half of a half?", "\\frac{1}{4}", "a", solution: "<think>1/2</think>\\boxed{0.25}"),
            DataFolder.Question("12+34=", "46", "b", "task:addition", "6,4;46"),
            DataFolder.Question("Write f.", """{"inputs":["1"],"outputs":["2"],"language":"java_script"}""", "c", "code"),
            DataFolder.Question("Is it good?", "yes", "d", "judge", "no"),
            """{"question":"1+1?","answer":2}""");

        Assert.Equal(0, await _seed.RunAsync("data", "validate", file));
        Assert.Equal("5 rows, no problem.", Assert.Single(_seed.Lines));
    }

    [Fact]
    public async Task Every_problem_is_named_with_its_row()
    {
        var file = _folder.Write(
            "in.jsonl",
            "oops",
            """{"answer":"1"}""",
            DataFolder.Question("?", "1", "a", "poetry"),
            DataFolder.Question("?", "\\frac{1}{", "b"),
            DataFolder.Question("1+1?", "2", "c", solution: "\\boxed{3}"),
            DataFolder.Question("12+34=", "46", "c", "task:addition", "6,4;47"),
            DataFolder.Question("Write f.", "nothing", "d", "code"));
        var other = _folder.Write("other.jsonl", DataFolder.Question("1+1?", "2", "a"));

        Assert.Equal(1, await _seed.RunAsync("data", "validate", file, other));

        string[] expected =
        [
            $"{file}:1: row: line 1 is not JSON", $"{file}:2: row: row 2 has no prompt", $"{file}:3: style: The style \"poetry\" is judged by no verifier",
            $"{file}:4: reference: The reference is in no notation", $"{file}:5: solution: The row's own verifier", $"{file}:6: solution: The row's own verifier",
            $"{file}:6: id: The id \"c\" is also that of {file}:5.", $"{file}:7: reference: ", $"{other}:1: id: The id \"a\" is also that of {file}:3.", "8 rows, 9 problems.",
        ];
        Assert.Equal(expected.Length, _seed.Lines.Length);
        Assert.All(expected.Zip(_seed.Lines), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Problems_are_json_where_json_is_asked_for()
    {
        var file = _folder.Write("in.jsonl", DataFolder.Question("1+1?", "2"), """{"question":"?"}""");

        Assert.Equal(1, await _seed.RunAsync("data", "validate", file, "--json"));

        var printed = JsonDocument.Parse(Assert.Single(_seed.Lines)).RootElement;
        var problem = Assert.Single(printed.GetProperty("problems").EnumerateArray());
        Assert.Equal((false, 2), (printed.GetProperty("valid").GetBoolean(), printed.GetProperty("rows").GetInt32()));
        Assert.Equal((file, 2, "row"), (problem.GetProperty("file").GetString(), problem.GetProperty("row").GetInt32(), problem.GetProperty("rule").GetString()));
    }

    [Fact]
    public async Task A_file_that_cannot_be_used_is_2_and_nothing_is_said_of_others()
    {
        var file = _folder.Write("in.jsonl", "oops");

        Assert.Equal(2, await _seed.RunAsync("data", "validate", file, _folder["missing.jsonl"]));
        Assert.Empty(_seed.Output);
    }
}
