using SeedOrleans.Client.Tests.Commands;

namespace SeedOrleans.Client.Tests.DataTools;

public sealed class DedupeCommandTests : IDisposable
{
    private const string Ducks = "Janet has sixteen ducks that lay eggs each day, and she eats three of them for breakfast every single morning before work.";

    private readonly CommandRunner _seed = new();
    private readonly DataFolder _folder = new();

    public void Dispose()
    {
        _seed.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_first_of_each_question_stays_as_it_was()
    {
        string[] rows =
        [
            DataFolder.Question("What is 1+2?", "3"),
            DataFolder.Question(Ducks, "13"),
            DataFolder.Question("what is  1+2?", "4"),
            DataFolder.Question("What is 1-2?", "-1"),
            DataFolder.Question(Ducks.Replace("work", "school", StringComparison.Ordinal), "13"),
        ];
        var file = _folder.Write("in.jsonl", rows);

        Assert.Equal(0, await _seed.RunAsync("data", "dedupe", file, "--out", _folder["out.jsonl"], "--report", _folder["report.jsonl"]));

        Assert.Equal([rows[0], rows[1], rows[3]], _folder.Lines("out.jsonl"));
        Assert.Equal(rows, _folder.Lines("in.jsonl"));
        Assert.Equal(
            [(3, "duplicate", $"{file}:1"), (5, "near-duplicate", $"{file}:2")],
            _folder.Json("report.jsonl").Select(drop => (drop.GetProperty("row").GetInt32(), drop.GetProperty("rule").GetString(), drop.GetProperty("of").GetString())));
        Assert.Equal("the same question, with another reference", _folder.Json("report.jsonl").First().GetProperty("detail").GetString());
        Assert.Equal($"{_folder["out.jsonl"]}: 3 of 5 rows kept.", _seed.Lines[^1]);
        Assert.Equal(["in.jsonl", "out.jsonl", "report.jsonl"], _folder.Names);
    }

    [Fact]
    public async Task What_an_evaluation_set_asks_is_not_trained_on()
    {
        var file = _folder.Write(
            "in.jsonl", DataFolder.Question("WHAT is 1+2?", "3"), DataFolder.Question($"Here is something long and new to begin with, about farms and their birds. {Ducks} What remains at the end of the week?", "91"), DataFolder.Question("New?", "1"));
        var (first, second) = (_folder.Write("a.jsonl", DataFolder.Question("What is 1+2?", "3")), _folder.Write("b.jsonl", DataFolder.Question(Ducks, "13")));

        Assert.Equal(0, await _seed.RunAsync("data", "dedupe", file, "--out", _folder["out.jsonl"], "--against", first, second, "--json", "--report", _folder["report.jsonl"]));

        Assert.Equal([DataFolder.Question("New?", "1")], _folder.Lines("out.jsonl"));
        Assert.Equal([$"{first}:1", $"{second}:1"], _folder.Json("report.jsonl").Select(drop => drop.GetProperty("of").GetString()));
        Assert.Contains("janet has sixteen ducks", _folder.Json("report.jsonl").Last().GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("""{"rows":3,"kept":1,"dropped":{"overlap":2,"duplicate":0,"near-duplicate":0},"out":""", _seed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_row_is_named_and_nothing_is_written()
    {
        var file = _folder.Write("in.jsonl", DataFolder.Question("1+2?", "3"), """{"question":"2+3?"}""", "oops");
        _folder.Write("out.jsonl", "as it was");

        Assert.Equal(2, await _seed.RunAsync("data", "dedupe", file, "--out", _folder["out.jsonl"], "--report", _folder["report.jsonl"]));

        Assert.Contains($"{file}:2: row 2 has no answer", _seed.Error, StringComparison.Ordinal);
        Assert.Contains($"{file}:3: line 3 is not JSON", _seed.Error, StringComparison.Ordinal);
        Assert.Equal(["as it was"], _folder.Lines("out.jsonl"));
        Assert.Equal(["in.jsonl", "out.jsonl"], _folder.Names);
        Assert.Empty(_seed.Output);
    }

    [Theory]
    [InlineData("in.jsonl", "is an input, which stays as it is; give another --out")]
    [InlineData("./in.jsonl", "is an input")]
    [InlineData("no-such-folder/out.jsonl", "cannot be written")]
    [InlineData("", "is a folder")]
    public async Task An_output_that_cannot_be_is_2(string output, string words)
    {
        var file = _folder.Write("in.jsonl", DataFolder.Question("1+2?", "3"));

        Assert.Equal(2, await _seed.RunAsync("data", "dedupe", file, "--out", _folder[output]));

        Assert.Contains(words, _seed.Error, StringComparison.Ordinal);
        Assert.Equal(["in.jsonl"], _folder.Names);
    }

    [Theory]
    [InlineData("missing.jsonl", "no such file")]
    [InlineData("empty.jsonl", "no rows in it")]
    [InlineData("text.csv", "not read")]
    public async Task A_file_that_cannot_be_used_is_2(string name, string words)
    {
        _folder.Write("empty.jsonl");
        _folder.Write("text.csv", "a,b");

        Assert.Equal(2, await _seed.RunAsync("data", "dedupe", _folder[name], "--out", _folder["out.jsonl"]));
        Assert.Contains(words, _seed.Error, StringComparison.Ordinal);
    }
}
