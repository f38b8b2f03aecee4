using System.Text.Json;
using SeedOrleans.Client.Tests.Commands;

namespace SeedOrleans.Client.Tests.Local;

public sealed class ScoreCommandTests : IDisposable
{
    private readonly CommandRunner _seed = new();
    private readonly TinyModelFolder _model = TinyModelFolder.Guessing("0123456789");

    private int Vocabulary => _model.Tokenizer.VocabularySize;

    public void Dispose()
    {
        _seed.Dispose();
        _model.Dispose();
    }

    /// <summary>A model that guesses gives every token 1 / vocabulary.</summary>
    [Theory]
    [InlineData("float32", 1e-6)]
    [InlineData("bfloat16", 1e-6)]
    public async Task Every_token_but_the_first_has_a_log_prob(string dtype, double tolerance)
    {
        _seed.Input = """{"id":"a","tokens":[3,1,4]}""";

        Assert.Equal(0, await ScoreAsync("--dtype", dtype));

        var logProbs = JsonDocument.Parse(Assert.Single(_seed.Lines)).RootElement.GetProperty("logprobs").EnumerateArray().ToArray();
        Assert.Equal(JsonValueKind.Null, logProbs[0].ValueKind);
        Assert.Equal(-Math.Log(Vocabulary), logProbs[1].GetDouble(), tolerance);
        Assert.Equal(-Math.Log(Vocabulary), logProbs[2].GetDouble(), tolerance);
    }

    [Fact]
    public async Task Short_sequences_and_ids_of_both_kinds_are_echoed_as_they_were()
    {
        _seed.Input = """
            {"id":1e2,"tokens":[3]}

            {"tokens":[],"id":"\u00e9 \"b\"","text":"ignored"}
            {"id":-0.50,"tokens":[0]}
            """;

        Assert.Equal(0, await ScoreAsync());

        Assert.Equal(
            ["""{"id":1e2,"logprobs":[null]}""", """{"id":"\u00e9 \"b\"","logprobs":[]}""", """{"id":-0.50,"logprobs":[null]}"""],
            _seed.Lines);
    }

    [Fact]
    public async Task Lines_of_many_batches_keep_their_order()
    {
        int[] lengths = [.. Enumerable.Range(0, 4500).Select(line => line * 7 % (TinyModelFolder.Context + 1))];
        var file = _model["tokens.jsonl"];
        await File.WriteAllLinesAsync(
            file,
            lengths.Select((length, line) => $$"""{"id":{{line}},"tokens":[{{string.Join(',', Enumerable.Range(0, length).Select(place => place % 10))}}]}"""),
            TestContext.Current.CancellationToken);

        Assert.Equal(0, await _seed.RunAsync("score", "--model", _model.Path, "--in", file));

        var answers = _seed.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(Enumerable.Range(0, lengths.Length), answers.Select(answer => answer.GetProperty("id").GetInt32()));
        Assert.Equal(lengths, answers.Select(answer => answer.GetProperty("logprobs").GetArrayLength()));
    }

    [Theory]
    [InlineData("[1]", "is no JSON object")]
    [InlineData("""{"id":"b","tokens":[1]""", "is no JSON")]
    [InlineData("""{"id":"b","id":"c","tokens":[1]}""", "is no JSON")]
    [InlineData("""{"tokens":[1]}""", "has no id")]
    [InlineData("""{"id":null,"tokens":[1]}""", "neither a string nor a number")]
    [InlineData("""{"id":"b"}""", "has no tokens")]
    [InlineData("""{"id":"b","tokens":"1 2"}""", "tokens that are no list")]
    [InlineData("""{"id":"b","tokens":[1,1000]}""", "tokens[1] is 1000, and the model's tokens are whole numbers from 0 to ")]
    [InlineData("""{"id":"b","tokens":[-1]}""", "tokens[0] is -1")]
    [InlineData("""{"id":"b","tokens":[1.5]}""", "tokens[0] is 1.5")]
    [InlineData("""{"id":"b","tokens":["1"]}""", "tokens[0] is \"1\"")]
    public async Task A_bad_line_is_named_and_ends_the_output(string line, string words)
    {
        _seed.Input = $$"""
            {"id":"a","tokens":[5]}
            {{line}}
            {"id":"z","tokens":[5]}
            """;

        Assert.Equal(2, await ScoreAsync());

        Assert.Equal(["""{"id":"a","logprobs":[null]}"""], _seed.Lines);
        Assert.StartsWith("standard input:2: ", _seed.Error, StringComparison.Ordinal);
        Assert.Contains(words, _seed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sequence_longer_than_the_context_is_refused()
    {
        _seed.Input = $$"""{"id":"a","tokens":[{{string.Join(',', Enumerable.Repeat("1", TinyModelFolder.Context + 1))}}]}""";

        Assert.Equal(2, await ScoreAsync());

        Assert.Contains("standard input:1: has 33 tokens, and the model's context is 32", _seed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_is_no_utf8_is_named()
    {
        var file = _model["tokens.jsonl"];
        await File.WriteAllBytesAsync(file, [.. "{\"id\":1,\"tokens\":[]}\n{\"id\":\""u8, 0xFF, .. "\",\"tokens\":[]}\n"u8], TestContext.Current.CancellationToken);

        Assert.Equal(2, await _seed.RunAsync("score", "--model", _model.Path, "--in", file));

        Assert.StartsWith($"{file}:2: is no UTF-8", _seed.Error, StringComparison.Ordinal);
        Assert.Single(_seed.Lines);
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_part_of_the_first_line()
    {
        _seed.Input = "\uFEFF{\"id\":1,\"tokens\":[]}\r\n";

        Assert.Equal(0, await ScoreAsync());
        Assert.Equal(["""{"id":1,"logprobs":[]}"""], _seed.Lines);
    }

    [Theory]
    [InlineData("config.json", "config.json: there is no such file")]
    [InlineData("model.safetensors", "neither model.safetensors nor")]
    public async Task A_folder_without_a_file_is_2(string missing, string words)
    {
        File.Delete(_model[missing]);

        Assert.Equal(2, await ScoreAsync());
        Assert.Contains(words, _seed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_file_is_2()
    {
        await File.WriteAllTextAsync(_model["model.safetensors"], "nonsense of some length", TestContext.Current.CancellationToken);

        Assert.Equal(2, await ScoreAsync());
        Assert.Contains("no sound safetensors file", _seed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--model", "/absent", "--in", "-")]
    [InlineData("--model", ".", "--in", "/absent.jsonl")]
    [InlineData("--model", ".")]
    [InlineData("--model", ".", "--in", "-", "--dtype", "int8")]
    public async Task Wrong_usage_is_2(params string[] arguments)
    {
        Assert.Equal(2, await _seed.RunAsync(["score", .. arguments]));
        Assert.NotEmpty(_seed.Error);
        Assert.DoesNotContain("fault of seed", _seed.Error, StringComparison.Ordinal);
    }

    private Task<int> ScoreAsync(params string[] more) => _seed.RunAsync(["score", "--model", _model.Path, "--in", "-", .. more]);
}
