using System.Text.Json;
using SeedOrleans.Client.Tests.Commands;
using SeedOrleans.Client.Tests.Local;

namespace SeedOrleans.Client.Tests.DataTools;

public sealed class InspectDataCommandTests : IDisposable
{
    private readonly CommandRunner _seed = new();
    private readonly DataFolder _folder = new();

    public void Dispose()
    {
        _seed.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_file_is_counted()
    {
        var file = _folder.Write(
            "in.jsonl",
            """{"question":"1+1","answer":"2","note":null}""",
            """{"question":"1 + 11","answer":"12","solution":"121"}""",
            """{"question":"1  +  11","answer":"12","data_source":"b"}""",
            "oops");
        using var model = TinyModelFolder.Random("0123456789+ ");

        Assert.Equal(0, await _seed.RunAsync("data", "inspect", file, "--json", "--samples", "2", "--tokenizer", model.Path));

        var printed = JsonDocument.Parse(Assert.Single(_seed.Lines)).RootElement;
        Assert.Equal((4, 1, 1, 0), (Number("rows"), Number("unreadable"), Number("duplicates"), Number("near_duplicates")));
        Assert.Equal("""{"question":3,"answer":3,"solution":1,"data_source":1}""", printed.GetProperty("columns").GetRawText());
        Assert.Equal("""{"b":1}""", printed.GetProperty("data_sources").GetRawText());
        Assert.Equal("""{"rule":3}""", printed.GetProperty("reward_styles").GetRawText());
        Assert.Equal("""{"count":3,"min":3,"median":6,"p95":8,"max":8}""", printed.GetProperty("characters").GetProperty("question").GetRawText());
        Assert.Equal("""{"count":1,"min":3,"median":3,"p95":3,"max":3}""", printed.GetProperty("tokens").GetProperty("solution").GetRawText());
        Assert.Equal([1, 2], printed.GetProperty("samples").EnumerateArray().Select(sample => sample.GetProperty("row").GetInt32()));

        int Number(string key) => printed.GetProperty(key).GetInt32();
    }

    [Fact]
    public async Task Text_shows_rows_without_what_a_terminal_would_obey()
    {
        var file = _folder.Write("in.jsonl", """{"question":"Who?\u001b[2J","answer":"я"}""");

        Assert.Equal(0, await _seed.RunAsync("data", "inspect", file));

        Assert.StartsWith($"{file}: 1 rows, 0 of them no questions; 0 duplicates, 0 near duplicates", _seed.Lines[0], StringComparison.Ordinal);
        Assert.Contains("  question   Who?[2J", _seed.Lines);
        Assert.Contains("  reference  я", _seed.Lines);
        Assert.Contains("scripts        Latin 1.000", _seed.Lines);
        Assert.DoesNotContain('\u001b', _seed.Output);
    }

    [Fact]
    public async Task A_missing_file_is_2()
    {
        Assert.Equal(2, await _seed.RunAsync("data", "inspect", _folder["missing.jsonl"]));
        Assert.Contains("no such file", _seed.Error, StringComparison.Ordinal);
    }
}
