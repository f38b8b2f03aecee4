using System.Text.Json;
using SeedOrleans.Client.Tests.Commands;

namespace SeedOrleans.Client.Tests.DataTools;

public sealed class CleanCommandTests : IDisposable
{
    private readonly CommandRunner _seed = new();
    private readonly DataFolder _folder = new();

    public void Dispose()
    {
        _seed.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Each_rule_drops_its_row()
    {
        var file = _folder.Write(
            "in.jsonl",
            DataFolder.Question("What is 1+1?", "2"),
            """{"question":"What is the answer?","answer":" "}""",
            DataFolder.Question("Prove that 2 is even.", "yes"),
            DataFolder.Question("What is 2+2?", "\\frac{4}{"),
            DataFolder.Question($"What is {new string('9', 400)}+1?", "1"),
            DataFolder.Question("what is 1+1?", "2"),
            DataFolder.Question("What is 5*5?", "25"));
        var evaluation = _folder.Write("eval.jsonl", DataFolder.Question("What is 5*5?", "25"));

        Assert.Equal(0, await _seed.RunAsync(
            "data", "clean", file, "--out", _folder["out.jsonl"], "--max-prompt-characters", "300", "--against", evaluation, "--report", _folder["report.jsonl"]));

        Assert.Equal([_folder.Lines("in.jsonl")[0]], _folder.Lines("out.jsonl"));
        Assert.Equal(
            [(2, "empty-reference"), (3, "proof"), (4, "unreadable-reference"), (5, "overlong"), (6, "duplicate"), (7, "overlap")],
            _folder.Json("report.jsonl").Select(drop => (drop.GetProperty("row").GetInt32(), drop.GetProperty("rule").GetString()!)));
        Assert.Contains(_seed.Lines, line => line.StartsWith("proof ", StringComparison.Ordinal) && line.EndsWith("1        0.143", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_duplicate_stays_where_the_first_was_dropped()
    {
        var file = _folder.Write("in.jsonl", DataFolder.Question("What is 2+2?", "\\frac{4}{"), DataFolder.Question("What is 2+2?", "4"));

        Assert.Equal(0, await _seed.RunAsync("data", "clean", file, "--out", _folder["out.jsonl"]));

        Assert.Equal([_folder.Lines("in.jsonl")[1]], _folder.Lines("out.jsonl"));
    }

    [Fact]
    public async Task A_rule_can_be_switched_off()
    {
        var file = _folder.Write("in.jsonl", DataFolder.Question("Prove that 2 is even.", "yes"), DataFolder.Question("What is 2+2?", "\\frac{4}{"));

        Assert.Equal(0, await _seed.RunAsync("data", "clean", file, "--out", _folder["out.jsonl"], "--without", "proof", "unreadable-reference"));

        Assert.Equal(2, _folder.Lines("out.jsonl").Length);
    }

    [Theory]
    [InlineData(false, "1: too-easy, 2: wrong-reference")]
    [InlineData(true, "1: too-easy, 2: wrong-reference, 3: hopeless")]
    public async Task Sampled_responses_tell_easy_doubtful_and_hopeless_questions(bool hopeless, string dropped)
    {
        var file = _folder.Write(
            "in.jsonl",
            DataFolder.Question("What is 1+1?", "2", "easy"), DataFolder.Question("What is half of a half?", "4", "doubtful"),
            DataFolder.Question("How many of 7 seas?", "19", "hard"), DataFolder.Question("Who is 3*3?", "9", "useful"), DataFolder.Question("And 4*4?", "16", "few"));
        string[] sampled =
        [
            .. Answers("easy", "2", "2.0", "+2", "2"), .. Answers("doubtful", "0.25", "\\frac{1}{4}", "2/8", ".25", "7"),
            .. Answers("hard", "1", "2", "3", "4"), .. Answers("useful", "9", "9", "9", "8"), .. Answers("few", "16", "16"),
        ];
        var responses = _folder.Write("responses.jsonl", sampled);
        string[] more = hopeless ? ["--drop-hopeless"] : [];

        Assert.Equal(0, await _seed.RunAsync(["data", "clean", file, "--out", _folder["out.jsonl"], "--responses", responses, "--report", _folder["report.jsonl"], .. more]));

        Assert.Equal(dropped, string.Join(", ", _folder.Json("report.jsonl").Select(drop => $"{drop.GetProperty("row")}: {drop.GetProperty("rule")}")));
        Assert.Contains("0.80 of 5 responses say 0.25, the reference 4", _folder.Lines("report.jsonl")[1], StringComparison.Ordinal);
        Assert.Contains("1 questions have fewer than 4 responses", _seed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agreement_below_the_share_that_is_asked_for_says_nothing()
    {
        var file = _folder.Write("in.jsonl", DataFolder.Question("What is half of a half?", "4"));
        var responses = _folder.Write("responses.jsonl", Enumerable.Range(0, 5).Select(index => $$"""{"row":1,"response":"\\boxed{ {{(index == 0 ? 7 : 0.25)}} }"}"""));

        Assert.Equal(0, await _seed.RunAsync("data", "clean", file, "--out", _folder["out.jsonl"], "--responses", responses, "--agree", "0.81"));

        Assert.Single(_folder.Lines("out.jsonl"));
    }

    [Theory]
    [InlineData("""{"row":3,"response":"1"}""", ":1: names a row that")]
    [InlineData("""{"id":"c","response":"1"}""", ":1: names an id that")]
    [InlineData("""{"id":"a","response":"1"}""", ":1: names an id that 2 rows of")]
    [InlineData("""{"row":1}""", ":1: has no response")]
    [InlineData("""{"response":"1"}""", ":1: has no id")]
    [InlineData("oops", ":1: is no JSON")]
    public async Task Responses_to_nothing_are_refused_before_anything_is_written(string line, string words)
    {
        var file = _folder.Write("in.jsonl", DataFolder.Question("1+1?", "2", "a"), DataFolder.Question("1+2?", "3", "a"));
        var responses = _folder.Write("responses.jsonl", line);

        Assert.Equal(2, await _seed.RunAsync("data", "clean", file, "--out", _folder["out.jsonl"], "--responses", responses));

        Assert.Contains($"{responses}{words}", _seed.Error, StringComparison.Ordinal);
        Assert.Equal(["in.jsonl", "responses.jsonl"], _folder.Names);
    }

    [Theory]
    [InlineData("'poetry' is no rule", "--without", "poetry")]
    [InlineData("--agree takes a number from 0.51 to 1", "--agree", "0.2")]
    [InlineData("--near takes a number from 0.1 to 1", "--near", "0")]
    public async Task What_cannot_be_asked_for_is_2(string words, params string[] options)
    {
        var file = _folder.Write("in.jsonl", DataFolder.Question("1+1?", "2"));

        Assert.Equal(2, await _seed.RunAsync(["data", "clean", file, "--out", _folder["out.jsonl"], .. options]));

        Assert.Contains(words, _seed.Error, StringComparison.Ordinal);
        Assert.Equal(["in.jsonl"], _folder.Names);
    }

    [Fact]
    public async Task Interrupted_it_leaves_nothing()
    {
        var file = _folder.Write("in.jsonl", DataFolder.Question("1+1?", "2"));
        await _seed.Interruption.CancelAsync();

        Assert.Equal(130, await _seed.RunAsync("data", "clean", file, "--out", _folder["out.jsonl"]));
        Assert.Equal(["in.jsonl"], _folder.Names);
    }

    private static IEnumerable<string> Answers(string id, params string[] answers) =>
        answers.Select(answer => JsonSerializer.Serialize(new { id, response = $"It is \\boxed{{{answer}}}." }));
}
