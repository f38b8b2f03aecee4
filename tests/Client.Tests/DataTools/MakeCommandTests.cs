using System.Text.Json;
using SeedOrleans.Client.Tests.Commands;
using SeedOrleans.Client.Tests.Local;

namespace SeedOrleans.Client.Tests.DataTools;

public sealed class MakeCommandTests : IDisposable
{
    private readonly CommandRunner _seed = new();
    private readonly DataFolder _folder = new();

    /// <summary>Says anything at all: the right thing now and then.</summary>
    private readonly TinyModelFolder _model = TinyModelFolder.Guessing("1+=,;\n");

    public void Dispose()
    {
        _seed.Dispose();
        _folder.Dispose();
        _model.Dispose();
    }

    [Fact]
    public async Task What_is_right_is_kept_with_the_rows_own_columns()
    {
        var file = _folder.Write("in.jsonl", DataFolder.Question("1+1=", "1", "a").Replace("You are a careful helper who thinks about every single question for as long as it takes.", "1", StringComparison.Ordinal), """{"question":"11","answer":"22"}""");

        Assert.Equal(0, await MakeAsync(file, "--samples", "200", "--keep", "3", "--json"));

        var rows = _folder.Json("out.jsonl").ToArray();
        var printed = JsonDocument.Parse(Assert.Single(_seed.Lines)).RootElement;
        Assert.Equal(3, rows.Length);
        Assert.All(rows, row => Assert.Equal(["id", "data_source", "prompt", "reward_model", "extra_info", "solution"], row.EnumerateObject().Select(column => column.Name)));
        Assert.Equal(3, rows.Select(Solution).Distinct().Count());
        Assert.Equal(rows.Select(Solution).Select(solution => solution.Length).Order(), rows.Select(Solution).Select(solution => solution.Length));
        Assert.Equal((2, 1, 400, 3), (Number("questions"), Number("solved"), Number("responses"), Number("written")));
        Assert.InRange(Number("right"), 3, 200);

        using var check = new CommandRunner();
        Assert.Equal(1, await check.RunAsync("data", "validate", _folder["out.jsonl"], "--json"));
        Assert.All(
            JsonDocument.Parse(check.Output).RootElement.GetProperty("problems").EnumerateArray(), problem => Assert.Equal("id", problem.GetProperty("rule").GetString()));

        int Number(string key) => printed.GetProperty(key).GetInt32();
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_file_and_another_seed_another()
    {
        var file = _folder.Write("in.jsonl", Enumerable.Range(1, 4).Select(length => $$"""{"question":"{{new string('1', length)}}","answer":"1"}"""));

        Assert.Equal(0, await MakeAsync(file, "--samples", "20", "--keep", "20"));
        var first = _folder.Lines("out.jsonl");
        Assert.Equal(0, await MakeAsync(file, "--samples", "20", "--keep", "20"));
        Assert.Equal(first, _folder.Lines("out.jsonl"));
        Assert.Equal(0, await MakeAsync(file, "--samples", "20", "--keep", "20", "--seed", "2"));
        Assert.NotEqual(first, _folder.Lines("out.jsonl"));
    }

    [Fact]
    public async Task A_tasks_problems_can_be_asked()
    {
        using var digits = TinyModelFolder.Guessing("0123456789+=,;");

        Assert.Equal(0, await _seed.RunAsync(
            "data", "make", "--task", "addition", "--count", "20", "--model", digits.Path, "--out", _folder["out.jsonl"], "--samples", "100"));

        Assert.StartsWith("responses  ", _seed.Lines[0], StringComparison.Ordinal);
        Assert.NotEmpty(_folder.Lines("out.jsonl"));
        using var check = new CommandRunner();
        Assert.Equal(0, await check.RunAsync("data", "validate", _folder["out.jsonl"]));
    }

    [Theory]
    [InlineData("Give either a file of questions or --task", "--task", "addition")]
    [InlineData("in.jsonl:1: The prompt's 4 tokens leave room for 28", "--max-response-tokens", "30")]
    [InlineData("in.jsonl:1: ", "--template", "chatml")]
    [InlineData("--samples takes a number from 1", "--samples", "0")]
    public async Task What_cannot_be_made_is_2_and_leaves_nothing(string words, params string[] options)
    {
        var file = _folder.Write("in.jsonl", """{"question":"1+1=","answer":"1"}""");

        Assert.Equal(2, await MakeAsync(file, options));

        Assert.Contains(words, _seed.Error, StringComparison.Ordinal);
        Assert.Equal(["in.jsonl"], _folder.Names);
    }

    [Theory]
    [InlineData("""{"question":"x","answer":"1"}""", "in.jsonl:1: ")]
    [InlineData("""{"question":"1","reward_model":{"style":"judge","ground_truth":"1"}}""", "in.jsonl:1: responses to style \"judge\" are judged by no rule")]
    public async Task A_question_that_cannot_be_asked_is_named(string row, string words)
    {
        var file = _folder.Write("in.jsonl", row);

        Assert.Equal(2, await MakeAsync(file));

        Assert.Contains(words, _seed.Error, StringComparison.Ordinal);
        Assert.Equal(["in.jsonl"], _folder.Names);
    }

    private Task<int> MakeAsync(string file, params string[] options) =>
        _seed.RunAsync(["data", "make", file, "--model", _model.Path, "--out", _folder["out.jsonl"], .. options]);

    private static string Solution(JsonElement row) => row.GetProperty("solution").GetString()!;
}
