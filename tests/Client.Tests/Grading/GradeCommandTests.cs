using System.Text.Json;
using SeedOrleans.Client.Tests.Commands;

namespace SeedOrleans.Client.Tests.Grading;

public sealed class GradeCommandTests : IDisposable
{
    private readonly CommandRunner _seed = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("grade").FullName;

    private JsonElement Printed => JsonDocument.Parse(Assert.Single(_seed.Lines)).RootElement;

    public void Dispose()
    {
        _seed.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_line_is_graded()
    {
        _seed.Input = """{"id":"a","question":"Half of a half?","reference":"\\frac{1}{4}","response":"<think>1/2</think>So \\boxed{0.25}.","source":"ignored"}""";

        Assert.Equal(0, await GradeAsync());

        Assert.Equal(["id", "reward", "correct", "verdict", "reason", "extracted", "ms"], Printed.EnumerateObject().Select(property => property.Name));
        Assert.Equal("a", Printed.GetProperty("id").GetString());
        Assert.Equal(1, Printed.GetProperty("reward").GetDouble());
        Assert.True(Printed.GetProperty("correct").GetBoolean());
        Assert.Equal("correct", Printed.GetProperty("verdict").GetString());
        Assert.StartsWith("exact number: ", Printed.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("0.25", Printed.GetProperty("extracted").GetString());
        Assert.True(Printed.GetProperty("ms").GetDouble() >= 0);
        Assert.Empty(_seed.Error);
    }

    [Fact]
    public async Task Lines_keep_their_order_and_ids_come_back_as_they_were()
    {
        _seed.Input = """
            {"id":1e2,"reference":"5","response":"5"}

            {"response":"6","id":"\u00e9 \"b\"","reference":5}
            {"id":-0.50,"question":null,"reference":"\\text{east}","response":"west"}
            """;

        Assert.Equal(0, await GradeAsync());

        Assert.Equal(["1e2", "\"\\u00e9 \\\"b\\\"\"", "-0.50"], _seed.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetRawText()));
        Assert.Equal(["correct", "incorrect", "abstained"], _seed.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("verdict").GetString()));
        Assert.Equal([1, -1, -1], _seed.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("reward").GetDouble()));
    }

    [Fact]
    public async Task Files_in_and_out()
    {
        var (file, output) = (Path.Combine(_folder, "in.jsonl"), Path.Combine(_folder, "out.jsonl"));
        await File.WriteAllLinesAsync(
            file, Enumerable.Range(0, 500).Select(line => $$"""{"id":{{line}},"reference":"{{line}}","response":"Answer: {{line / 2 * 2}}"}"""), TestContext.Current.CancellationToken);

        Assert.Equal(0, await _seed.RunAsync("grade", "--kind", "math", "--in", file, "--out", output));

        Assert.Empty(_seed.Output);
        var lines = await File.ReadAllLinesAsync(output, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 500), lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetInt32()));
        Assert.Equal(250, lines.Count(line => JsonDocument.Parse(line).RootElement.GetProperty("correct").GetBoolean()));
    }

    [Theory]
    [InlineData("1024", "2^{10}", "--form", "any")]
    [InlineData("5/2", "10/4", "--form", "evaluated")]
    [InlineData("50\\\\%", "50", "--percent", "loose")]
    [InlineData("(1,2)", "(2,1)", "--order", "none")]
    [InlineData("100", "100.4", "--absolute-tolerance", "0.5")]
    [InlineData("100", "101", "--relative-tolerance", "0.01")]
    public async Task Options_that_allow_more(string reference, string answer, params string[] options)
    {
        _seed.Input = $$"""{"id":"a","reference":"{{reference}}","response":"Answer: {{answer}}"}""";

        Assert.Equal(0, await GradeAsync());
        Assert.False(Printed.GetProperty("correct").GetBoolean());

        using var lenient = new CommandRunner { Input = _seed.Input };
        Assert.Equal(0, await lenient.RunAsync(["grade", "--kind", "math", "--in", "-", .. options]));
        Assert.True(JsonDocument.Parse(Assert.Single(lenient.Lines)).RootElement.GetProperty("correct").GetBoolean());
    }

    [Theory]
    [InlineData("5\\\\text{ cm}", "5", "--units-required")]
    [InlineData("C", "(C) 42", "--letters-only")]
    [InlineData("50\\\\%", "0.5", "--percent", "notation")]
    [InlineData("1,-2", "-2,1", "--order", "lists")]
    public async Task Options_that_demand_more(string reference, string answer, params string[] options)
    {
        _seed.Input = $$"""{"id":"a","reference":"{{reference}}","response":"Answer: {{answer}}"}""";

        Assert.Equal(0, await GradeAsync());
        Assert.True(Printed.GetProperty("correct").GetBoolean());

        using var strict = new CommandRunner { Input = _seed.Input };
        Assert.Equal(0, await strict.RunAsync(["grade", "--kind", "math", "--in", "-", .. options]));
        Assert.False(JsonDocument.Parse(Assert.Single(strict.Lines)).RootElement.GetProperty("correct").GetBoolean());
    }

    [Theory]
    [InlineData("[1]", "is no JSON object")]
    [InlineData("""{"id":"b","reference":"1","response":"1" """, "is no JSON")]
    [InlineData("""{"reference":"1","response":"1"}""", "has no id")]
    [InlineData("""{"id":true,"reference":"1","response":"1"}""", "neither a string nor a number")]
    [InlineData("""{"id":"b","response":"1"}""", "has no reference")]
    [InlineData("""{"id":"b","reference":null,"response":"1"}""", "has no reference")]
    [InlineData("""{"id":"b","reference":"1"}""", "has no response")]
    [InlineData("""{"id":"b","reference":["1"],"response":"1"}""", "has a reference that is no string")]
    [InlineData("""{"id":"b","reference":"1","response":{"text":"1"}}""", "has a response that is no string")]
    [InlineData("""{"id":"b","reference":"1","response":"\ud800"}""", "half a character")]
    public async Task A_bad_line_is_named_and_ends_the_output(string line, string words)
    {
        _seed.Input = $$"""
            {"id":"a","reference":"1","response":"1"}
            {{line}}
            {"id":"z","reference":"1","response":"1"}
            """;

        Assert.Equal(2, await GradeAsync());

        Assert.Equal("a", Printed.GetProperty("id").GetString());
        Assert.StartsWith("standard input:2: ", _seed.Error, StringComparison.Ordinal);
        Assert.Contains(words, _seed.Error, StringComparison.Ordinal);
        Assert.Contains("a line is {\"id\":", _seed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--kind 'alchemy' is not known", "--kind", "alchemy", "--in", "-")]
    [InlineData("--kind", "--in", "-")]
    [InlineData("--in", "--kind", "math")]
    [InlineData("/absent.jsonl: cannot be read", "--kind", "math", "--in", "/absent.jsonl")]
    [InlineData("/absent/out cannot be written", "--kind", "math", "--in", "-", "--out", "/absent/out")]
    [InlineData("write lowest-terms, evaluated or any", "--kind", "math", "--in", "-", "--form", "loose")]
    [InlineData("--absolute-tolerance takes a number", "--kind", "math", "--in", "-", "--absolute-tolerance", "-1")]
    public async Task Wrong_usage_is_2(string words, params string[] arguments)
    {
        Assert.Equal(2, await _seed.RunAsync(["grade", .. arguments]));

        Assert.Contains(words, _seed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("fault of seed", _seed.Error, StringComparison.Ordinal);
        Assert.Empty(_seed.Output);
    }

    private Task<int> GradeAsync() => _seed.RunAsync("grade", "--kind", "math", "--in", "-");
}
