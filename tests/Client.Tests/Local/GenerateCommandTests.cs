using System.Text.Json;
using SeedOrleans.Client.Tests.Commands;

namespace SeedOrleans.Client.Tests.Local;

public sealed class GenerateCommandTests : IDisposable
{
    private readonly CommandRunner _seed = new();
    private readonly TinyModelFolder _model = TinyModelFolder.Random("0123456789\nuseraitn");

    public void Dispose()
    {
        _seed.Dispose();
        _model.Dispose();
    }

    /// <summary>Sampling goes token by token through a cache, scoring takes the whole sequence at once.</summary>
    [Fact]
    public async Task Responses_come_in_order_with_the_log_probs_that_score_gives()
    {
        Assert.Equal(0, await GenerateAsync("--prompt", "123", "--count", "20", "--max-tokens", "9", "--json"));
        var responses = _seed.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToArray();

        using var scorer = new CommandRunner();
        scorer.Input = string.Join('\n', responses.Select(response => $$"""{"id":{{response.GetProperty("index")}},"tokens":{{Whole(response)}}}"""));
        Assert.Equal(0, await scorer.RunAsync("score", "--model", _model.Path, "--in", "-"));

        Assert.Equal(Enumerable.Range(0, 20), responses.Select(response => response.GetProperty("index").GetInt32()));
        Assert.True(responses.Select(response => response.GetProperty("text").GetString()).Distinct().Count() > 10);
        foreach (var (response, line) in responses.Zip(scorer.Lines))
        {
            var sampled = Numbers(response.GetProperty("logprobs"));
            var scored = Numbers(JsonDocument.Parse(line).RootElement.GetProperty("logprobs"))[^sampled.Length..];
            Assert.All(sampled.Zip(scored), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        }
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_words_and_another_seed_others()
    {
        string[] asked = ["--prompt", "1", "--count", "3"];

        var first = await TextAsync([.. asked, "--seed", "7"]);

        Assert.Equal(first, await TextAsync([.. asked, "--seed", "7"]));
        Assert.NotEqual(first, await TextAsync([.. asked, "--seed", "8"]));
    }

    [Theory]
    [InlineData("--temperature", "0")]
    [InlineData("--top-k", "1")]
    [InlineData("--top-p", "1e-9")]
    public async Task The_most_likely_words_need_no_luck(string option, string value)
    {
        var first = await TextAsync("--prompt", "1", option, value, "--seed", "1");

        Assert.Equal(first, await TextAsync("--prompt", "1", option, value, "--seed", "2"));
    }

    [Fact]
    public async Task A_chat_prompt_is_a_users_message()
    {
        Assert.Equal(0, await GenerateAsync("--prompt", "12", "--chat", "--max-tokens", "1", "--json"));

        var prompt = JsonDocument.Parse(_seed.Lines[0]).RootElement.GetProperty("prompt_tokens").EnumerateArray().Select(token => token.GetInt32());
        Assert.Equal(
            "<|im_start|>user\n12<|im_end|>\n<|im_start|>assistant\n",
            _model.Tokenizer.Decode([.. prompt], skipSpecialTokens: false));
    }

    [Fact]
    public async Task Left_out_the_length_is_what_the_context_leaves()
    {
        Assert.Equal(0, await GenerateAsync("--prompt", "12", "--count", "30", "--json"));

        Assert.All(
            _seed.Lines.Select(line => JsonDocument.Parse(line).RootElement),
            response => Assert.InRange(response.GetProperty("tokens").GetArrayLength(), 1, TinyModelFolder.Context - 2));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_terminal_gets_no_escape_sequence_and_a_pipe_gets_the_text_as_it_is(bool isTerminal)
    {
        using var hostile = TinyModelFolder.Guessing("\u001b");
        _seed.IsTerminal = isTerminal;

        Assert.Equal(0, await _seed.RunAsync("generate", "--model", hostile.Path, "--prompt", "\u001b", "--count", "20"));

        Assert.Equal(isTerminal, !_seed.Output.Contains('\u001b', StringComparison.Ordinal));
        Assert.Equal(isTerminal, _seed.Output.Contains("\\u{1b}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("leave room for 29 in the model's context of 32", "--prompt", "123", "--max-tokens", "30")]
    [InlineData("The prompt is empty", "--prompt", "")]
    [InlineData("'x'", "--prompt", "x")]
    [InlineData("--temperature is -1; it must be at least 0", "--prompt", "1", "--temperature", "-1")]
    [InlineData("--top-p is 0; it must be more than 0", "--prompt", "1", "--top-p", "0")]
    [InlineData("--top-k is -1", "--prompt", "1", "--top-k", "-1")]
    [InlineData("--count is 0", "--prompt", "1", "--count", "0")]
    [InlineData("--max-tokens is 0", "--prompt", "1", "--max-tokens", "0")]
    public async Task What_cannot_be_done_is_2_with_the_reason(string words, params string[] arguments)
    {
        Assert.Equal(2, await GenerateAsync(arguments));
        Assert.Contains(words, _seed.Error, StringComparison.Ordinal);
        Assert.Empty(_seed.Output);
    }

    [Fact]
    public async Task A_folder_without_a_tokenizer_is_2()
    {
        File.Delete(_model["tokenizer.json"]);

        Assert.Equal(2, await GenerateAsync("--prompt", "1"));
        Assert.Contains("tokenizer.json", _seed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interruption_is_130()
    {
        await _seed.Interruption.CancelAsync();

        Assert.Equal(130, await GenerateAsync("--prompt", "1"));
    }

    private Task<int> GenerateAsync(params string[] arguments) => _seed.RunAsync(["generate", "--model", _model.Path, .. arguments]);

    private async Task<string> TextAsync(params string[] arguments)
    {
        using var seed = new CommandRunner();
        Assert.Equal(0, await seed.RunAsync(["generate", "--model", _model.Path, .. arguments]));
        return seed.Output;
    }

    private static string Whole(JsonElement response) => JsonSerializer.Serialize(
        response.GetProperty("prompt_tokens").EnumerateArray().Concat(response.GetProperty("tokens").EnumerateArray()).Select(token => token.GetInt32()));

    private static double[] Numbers(JsonElement list) =>
        [.. list.EnumerateArray().Select(number => number.ValueKind == JsonValueKind.Null ? double.NaN : number.GetDouble())];
}
