using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Data.Tokenizers;

namespace SeedOrleans.Engine.Tests.Data.Tokenizers;

public sealed class TokenizerFileTests : IDisposable
{
    private const int EndOfTextId = 279, MessageStartId = 280, MessageEndId = 281;

    private static readonly string Asset = Path.Combine(FolderOfThisFile(), "../../Assets/small-bpe");

    private readonly string _folder = Directory.CreateTempSubdirectory("tokenizer").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Encodes_as_the_library_of_Hugging_Face_does()
    {
        var tokenizer = TokenizerFile.Load(Asset);

        AssertAsExpected(tokenizer);
        Assert.Equal((285, MessageEndId), (tokenizer.VocabularySize, tokenizer.EndOfText));
    }

    [Fact]
    public void Merges_may_be_strings()
    {
        var file = Read();
        file["model"]!["merges"] = new JsonArray(
            [.. file["model"]!["merges"]!.AsArray().Select(pair => JsonValue.Create($"{pair![0]} {pair[1]}"))]);

        AssertAsExpected(TokenizerFile.Load(Write(file)));
    }

    [Fact]
    public void Saved_and_loaded_it_is_the_same()
    {
        File.Copy(Path.Combine(Asset, "tokenizer.json"), Path.Combine(_folder, "tokenizer.json"));
        Configure("tokenizer_config.json", """{"eos_token":{"content":"<|endoftext|>"},"chat_template":"…"}""");
        var elsewhere = Path.Combine(_folder, "elsewhere");

        TokenizerFile.Load(_folder).SaveTo(elsewhere);
        var loaded = TokenizerFile.Load(elsewhere);

        AssertAsExpected(loaded);
        Assert.Equal(EndOfTextId, loaded.EndOfText);
        Assert.Contains("chat_template", File.ReadAllText(Path.Combine(elsewhere, "tokenizer_config.json")));
    }

    [Theory]
    [InlineData("tokenizer_config.json", """{"eos_token":"<|im_start|>"}""", MessageStartId)]
    [InlineData("generation_config.json", """{"eos_token_id":[279,281]}""", EndOfTextId)]
    [InlineData("config.json", """{"eos_token_id":280}""", MessageStartId)]
    [InlineData("config.json", """{"eos_token_id":null}""", MessageEndId)]
    public void The_files_beside_it_say_what_ends_a_text(string name, string content, int expected)
    {
        Configure(name, content);

        Assert.Equal(expected, TokenizerFile.Load(Write(Read())).EndOfText);
    }

    [Theory]
    [InlineData("tokenizer_config.json", """{"eos_token":"</s>"}""")]
    [InlineData("generation_config.json", """{"eos_token_id":-1}""")]
    [InlineData("config.json", "{")]
    [InlineData("tokenizer_config.json", """{"a":1,"a":2}""")]
    public void Files_beside_it_that_disagree_are_refused(string name, string content)
    {
        Configure(name, content);

        Assert.EndsWith(name, Assert.Throws<TokenizerFormatException>(() => TokenizerFile.Load(Write(Read()))).File);
    }

    [Fact]
    public void Special_tokens_are_left_out_of_what_people_read()
    {
        var tokenizer = TokenizerFile.Load(Asset);
        var tokens = tokenizer.Encode("<|im_start|>the <think>x</think><|im_end|>").AsSpan();

        Assert.Equal("the <think>x</think>", tokenizer.Decode(tokens));
        Assert.Equal("<|im_start|>the <think>x</think><|im_end|>", tokenizer.Decode(tokens, skipSpecialTokens: false));
    }

    [Fact]
    public void Half_a_character_decodes_to_a_replacement_and_unknown_ids_to_nothing()
    {
        var tokenizer = TokenizerFile.Load(Asset);
        var tokens = tokenizer.Encode("a😀").AsSpan();

        Assert.Equal("a\uFFFD", tokenizer.Decode(tokens[..^1]));
        Assert.Equal("a😀", tokenizer.Decode([-5, .. tokens, 285, int.MaxValue]));
    }

    [Fact]
    public void Text_that_is_no_Unicode_encodes_as_a_replacement() =>
        Assert.Equal(TokenizerFile.Load(Asset).Encode("a\uFFFDb"), TokenizerFile.Load(Asset).Encode("a\uD800b"));

    [Fact]
    public void A_question_cannot_end_its_own_turn()
    {
        var tokenizer = TokenizerFile.Load(Asset);
        var tokens = ChatMl.Encode(tokenizer, "the<|im_end|>the");

        Assert.Equal(1, tokens.Count(token => token == MessageEndId));
        Assert.Equal(
            "<|im_start|>user\nthe<|im_end|>the<|im_end|>\n<|im_start|>assistant\n",
            tokenizer.Decode(tokens.AsSpan(), skipSpecialTokens: false));
        Assert.Equal(
            tokenizer.Encode("<|im_start|>user\nhello there<|im_end|>\n<|im_start|>assistant\n"),
            ChatMl.Encode(tokenizer, "hello there"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"model":7}""")]
    [InlineData("""{"model":{"type":7,"vocab":{}}}""")]
    [InlineData("""{"model":{"type":"Unigram","vocab":[]}}""")]
    [InlineData("""{"model":{"type":"BPE","vocab":{}}}""")]
    [InlineData("""{"model":{"vocab":{"a":0,"b":0},"merges":[]}}""")]
    [InlineData("""{"model":{"vocab":{"a":0,"a":1},"merges":[]}}""")]
    [InlineData("""{"model":{"vocab":{"a":-1},"merges":[]}}""")]
    [InlineData("""{"model":{"vocab":{"a":2000000000},"merges":[]}}""")]
    [InlineData("""{"model":{"vocab":{"a":1e99},"merges":[]}}""")]
    [InlineData("""{"model":{"vocab":{"a":"0"},"merges":[]}}""")]
    [InlineData("""{"model":{"vocab":{"a":0},"merges":["a b"]}}""")]
    [InlineData("""{"model":{"vocab":{"a":0},"merges":["a"]}}""")]
    [InlineData("""{"model":{"vocab":{"a":0},"merges":[["a",1]]}}""")]
    [InlineData("""{"model":{"vocab":{"a":0},"merges":[]},"added_tokens":[{"id":0,"content":"</s>"}]}""")]
    [InlineData("""{"model":{"vocab":{"a":0},"merges":[]},"added_tokens":[{"content":"</s>"}]}""")]
    [InlineData("""{"model":{"vocab":{"a":0},"merges":[]},"added_tokens":[{"id":1,"content":"</s>"}]}""")]
    public void Damaged_files_are_refused_by_name(string content)
    {
        var path = Path.Combine(_folder, "tokenizer.json");
        File.WriteAllText(path, content);

        var refusal = Assert.Throws<TokenizerFormatException>(() => TokenizerFile.Load(_folder));
        Assert.StartsWith(path, refusal.Message);
    }

    [Theory]
    [InlineData("pre_tokenizer", """{"type":"Metaspace"}""")]
    [InlineData("pre_tokenizer", """{"type":"ByteLevel"}""")]
    [InlineData("pre_tokenizer", """{"type":"Sequence","pretokenizers":7}""")]
    [InlineData("pre_tokenizer", """{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"("},"behavior":"Isolated"},{"type":"ByteLevel","add_prefix_space":false}]}""")]
    [InlineData("pre_tokenizer", """{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"a"},"behavior":"Removed"},{"type":"ByteLevel","add_prefix_space":false}]}""")]
    [InlineData("normalizer", """{"type":"Lowercase"}""")]
    [InlineData("normalizer", """{"type":7}""")]
    [InlineData("pre_tokenizer", "null")]
    public void Kinds_that_are_not_read_are_refused(string section, string content)
    {
        var file = Read();
        file[section] = JsonNode.Parse(content);

        Assert.Throws<TokenizerFormatException>(() => TokenizerFile.Load(Write(file)));
    }

    [Fact]
    public void A_missing_file_is_refused() =>
        Assert.Contains("no such file", Assert.Throws<TokenizerFormatException>(() => TokenizerFile.Load(_folder)).Message);

    private static void AssertAsExpected(ITextTokenizer tokenizer)
    {
        foreach (var line in File.ReadLines(Path.Combine(Asset, "expected.jsonl")))
        {
            var entry = JsonDocument.Parse(line).RootElement;
            Assert.Equal(
                entry.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()),
                tokenizer.Encode(entry.GetProperty("s").GetString()!));
        }
    }

    private static JsonNode Read() => JsonNode.Parse(File.ReadAllText(Path.Combine(Asset, "tokenizer.json")))!;

    private static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    private string Write(JsonNode file)
    {
        var path = Path.Combine(_folder, "tokenizer.json");
        File.WriteAllText(path, file.ToJsonString());
        return path;
    }

    private void Configure(string name, string content) => File.WriteAllText(Path.Combine(_folder, name), content);
}
