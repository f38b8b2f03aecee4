using System.Text.Json;
using SeedOrleans.Client.Tests.Commands;
using SeedOrleans.Client.Tests.Local;
using SeedOrleans.Engine.Tests.Rewards.Judges.Endpoints;

namespace SeedOrleans.Client.Tests.Grading;

/// <summary><c>seed grade</c> with a model that judges.</summary>
public sealed class JudgeGradersTests : IDisposable
{
    private readonly CommandRunner _seed = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("judges").FullName;

    public void Dispose()
    {
        _seed.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Lines_are_judged_side_by_side_and_printed_in_order()
    {
        // Nobody is answered before all have asked.
        var all = new TaskCompletionSource();
        using var endpoint = new FakeEndpoint((call, number) =>
        {
            if (number == 3)
                all.SetResult();
            return (Asked(call).Contains("wrong", StringComparison.Ordinal) ? FakeReply.Believes(0.2, 0.8) : FakeReply.Believes(0.9, 0.1)).After(all.Task);
        });
        _seed.Input = """
            {"id":1,"question":"?","reference":"east","response":"the east"}
            {"id":"b","reference":"east","response":"wrong: west"}
            {"id":3,"reference":"east","response":"eastwards"}
            {"id":4,"reference":"east","response":"wrong: north"}
            """;

        Assert.Equal(0, await GradeAsync("judge", endpoint, "--parallel", "4"));

        Assert.Equal(["1 correct 1", "\"b\" incorrect -1", "3 correct 1", "4 incorrect -1"], _seed.Lines.Select(Short));
        Assert.Equal("judge: P(YES) = 0.9.", Of(_seed.Lines[0]).GetProperty("reason").GetString());
        Assert.Equal(["id", "reward", "correct", "verdict", "reason", "extracted", "ms"], Of(_seed.Lines[0]).EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task A_line_whose_judge_fails_takes_no_other_with_it()
    {
        using var endpoint = new FakeEndpoint((call, _) => Asked(call).Contains("poison", StringComparison.Ordinal) ? FakeReply.Status(400) : FakeReply.Says("YES"));
        _seed.Input = """
            {"id":1,"reference":"a","response":"a"}
            {"id":2,"reference":"a","response":"poison"}
            {"id":3,"reference":"a","response":"b"}
            """;

        Assert.Equal(1, await GradeAsync("judge", endpoint));

        Assert.Equal(["1 correct 1", "2 failed -1", "3 correct 1"], _seed.Lines.Select(Short));
        Assert.Contains("refused the call with 400", Of(_seed.Lines[1]).GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("1 responses could not be graded", _seed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thinking_judges_give_their_verdict_at_the_end()
    {
        using var endpoint = new FakeEndpoint(FakeReply.Says("<think>2^19 = 524288</think>Verdict: YES"));
        _seed.Input = """{"id":1,"reference":"524288","response":"2^{19}"}""";

        Assert.Equal(0, await GradeAsync("judge", endpoint, "--style", "thinking", "--max-tokens", "99"));

        Assert.Equal("1 correct 1", Short(Assert.Single(_seed.Lines)));
        Assert.Equal(99, endpoint.Calls[0].GetProperty("max_completion_tokens").GetInt32());
    }

    [Fact]
    public async Task A_ladder_asks_only_where_rules_abstain_and_audits_write_what_differs()
    {
        using var endpoint = new FakeEndpoint(FakeReply.Says("NO"));
        _seed.Input = """
            {"id":1,"reference":"42","response":"42"}
            {"id":2,"reference":"\\text{in the east}","response":"on the eastern side"}
            """;
        Assert.Equal(0, await GradeAsync("judge", endpoint, "--ladder"));
        Assert.Equal(["1 correct 1", "2 incorrect -1"], _seed.Lines.Select(Short));
        Assert.Single(endpoint.Calls);

        using var audited = new CommandRunner { Input = """{"id":1,"reference":"42","response":"42"}""" };
        var file = Path.Combine(_folder, "disagreements.jsonl");
        Assert.Equal(0, await audited.RunAsync(
            "grade", "--kind", "judge", "--in", "-", "--endpoint", endpoint.Address, "--model", "m", "--ladder", "--audit", "1", "--disagreements", file));
        Assert.Equal("1 correct 1", Short(Assert.Single(audited.Lines)));
        var line = JsonDocument.Parse(Assert.Single(await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken))).RootElement;
        Assert.Equal(("correct", "incorrect"), (line.GetProperty("rule_outcome").GetString(), line.GetProperty("judge_outcome").GetString()));
    }

    [Fact]
    public async Task Responses_are_compared_with_a_reference_and_within_groups()
    {
        // Prefers whichever holds the word.
        using var endpoint = new FakeEndpoint((call, _) =>
        {
            var asked = Asked(call);
            var (first, second) = (asked.IndexOf("\nFIRST, between", StringComparison.Ordinal), asked.IndexOf("\nSECOND, between", StringComparison.Ordinal));
            return (asked[first..second].Contains("rose", StringComparison.Ordinal), asked[second..].Contains("rose", StringComparison.Ordinal)) switch
            {
                (true, false) => FakeReply.Believes(0.75, 0.25),
                (false, true) => FakeReply.Believes(0.25, 0.75),
                _ => FakeReply.Believes(0.5, 0.5),
            };
        });
        _seed.Input = """
            {"id":1,"question":"Write.","reference":"weeds","response":"a rose"}
            {"id":"g","question":"Write.","responses":["weed","a rose","moss"]}
            {"id":2,"question":"Write.","reference":"a rose","response":"a rose"}
            """;

        Assert.Equal(0, await GradeAsync("pairwise", endpoint));

        Assert.Equal(["1 better", "\"g#0\" worse", "\"g#1\" better", "\"g#2\" worse", "2 equal"], _seed.Lines.Select(ShortWord));
        Assert.Equal([0.5, -0.25, 0.5, -0.25, 0], _seed.Lines.Select(line => Math.Round(Of(line).GetProperty("reward").GetDouble(), 6)));
    }

    [Fact]
    public async Task A_group_whose_judge_fails_fails_as_one()
    {
        using var endpoint = new FakeEndpoint(FakeReply.Status(401));
        _seed.Input = """
            {"id":7,"responses":["a","b"]}
            {"id":8,"reference":"a","response":"b"}
            """;

        Assert.Equal(1, await GradeAsync("pairwise", endpoint));

        Assert.Equal(["\"7#0\" failed 0", "\"7#1\" failed 0", "8 failed 0"], _seed.Lines.Select(Short));
        Assert.Contains("3 responses could not be graded", _seed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_of_ours_judges_in_this_process()
    {
        using var policy = TinyModelFolder.Random("0123456789~=;yesno|");
        _seed.Input = """
            {"id":1,"reference":"42","response":"40+2;42"}
            {"id":2,"reference":"42","response":"é"}
            """;
        string[] arguments = ["grade", "--kind", "judge", "--in", "-", "--model", policy.Path, "--prompt", "compact"];

        Assert.Equal(0, await _seed.RunAsync(arguments));
        using var again = new CommandRunner { Input = _seed.Input };
        Assert.Equal(0, await again.RunAsync(arguments));

        Assert.Equal("42", Of(_seed.Lines[0]).GetProperty("extracted").GetString());
        Assert.Equal(Of(_seed.Lines[0]).GetProperty("reason").GetString(), Of(again.Lines[0]).GetProperty("reason").GetString());
        Assert.Equal("2 abstained -1", Short(_seed.Lines[1]));
    }

    [Theory]
    [InlineData("--model is missing", "--endpoint", "http://127.0.0.1:9/v1")]
    [InlineData("--endpoint 'nowhere' is no http", "--endpoint", "nowhere", "--model", "m")]
    [InlineData("--spend-cap caps nothing", "--endpoint", "http://127.0.0.1:9/v1", "--model", "m", "--spend-cap", "1")]
    [InlineData("--cache is for an endpoint", "--model", "folder", "--cache", "c")]
    [InlineData("give --ladder", "--model", "folder", "--audit", "0.5")]
    [InlineData("SEED_TEST_ABSENT_KEY is not set", "--endpoint", "http://127.0.0.1:9/v1", "--model", "m", "--api-key-variable", "SEED_TEST_ABSENT_KEY")]
    [InlineData("/absent/d.jsonl cannot be written", "--endpoint", "http://127.0.0.1:9/v1", "--model", "m", "--ladder", "--disagreements", "/absent/d.jsonl")]
    [InlineData("/absent", "--model", "/absent")]
    public async Task Wrong_usage_is_2(string words, params string[] options)
    {
        Assert.Equal(2, await _seed.RunAsync(["grade", "--kind", "judge", "--in", "-", .. options]));

        Assert.Contains(words, _seed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("fault of seed", _seed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":1,"responses":["a"]}""", "no list of two or more")]
    [InlineData("""{"id":1,"responses":"ab"}""", "no list of two or more")]
    [InlineData("""{"id":1,"responses":["a",null]}""", "has a response that is null")]
    [InlineData("""{"id":1,"responses":["a",[1]]}""", "has a response that is no string")]
    [InlineData("""{"id":1,"response":"a"}""", "has no reference")]
    public async Task A_bad_group_is_named(string line, string words)
    {
        _seed.Input = line;

        Assert.Equal(2, await _seed.RunAsync("grade", "--kind", "pairwise", "--in", "-", "--endpoint", "http://127.0.0.1:9/v1", "--model", "m"));

        Assert.Contains("standard input:1: ", _seed.Error, StringComparison.Ordinal);
        Assert.Contains(words, _seed.Error, StringComparison.Ordinal);
    }

    private static string Asked(JsonElement call) => call.GetProperty("messages")[1].GetProperty("content").GetString()!;

    private static JsonElement Of(string line) => JsonDocument.Parse(line).RootElement;

    private static string ShortWord(string line) => $"{Of(line).GetProperty("id").GetRawText()} {Of(line).GetProperty("verdict").GetString()}";

    private static string Short(string line) => $"{ShortWord(line)} {Of(line).GetProperty("reward").GetRawText()}";

    private Task<int> GradeAsync(string kind, FakeEndpoint endpoint, params string[] options) =>
        _seed.RunAsync(["grade", "--kind", kind, "--in", "-", "--endpoint", endpoint.Address, "--model", "m", "--retries", "0", .. options]);
}
