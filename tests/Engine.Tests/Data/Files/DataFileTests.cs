using System.Collections.Immutable;
using Parquet.Schema;
using Parquet.Serialization;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Data.Files;
using SeedOrleans.Engine.Data.Tokenizers;

namespace SeedOrleans.Engine.Tests.Data.Files;

public sealed class DataFileTests : IDisposable
{
    private const string VerlRow =
        """
        {"data_source":"gsm8k","prompt":[{"role":"system","content":"Be brief."},{"role":"user","content":"6*7?"}],"ability":"math","reward_model":{"style":"rule","ground_truth":"42"},"extra_info":{"index":3}}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("data").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Reads_the_columns_of_verl()
    {
        var row = Assert.Single(await ReadLines(VerlRow));

        Assert.Equal([new ChatMessage("system", "Be brief."), new ChatMessage("user", "6*7?")], row.Messages);
        Assert.Equal((1, "42", "gsm8k", "rule", null), (row.Number, row.GroundTruth, row.DataSource, row.RewardStyle, row.Solution));
    }

    [Fact]
    public async Task Reads_questions_and_answers()
    {
        var rows = await ReadLines(
            """{"question":"6*7?","answer":42,"solution":"6*7=42;42"}""", "", """{"prompt":"Capital?","answer":"Paris"}""");

        Assert.Equal(["6*7?", "Capital?"], rows.Select(row => row.ReadQuestion()));
        Assert.Equal(["42", "Paris"], rows.Select(row => row.GroundTruth));
        Assert.Equal(["6*7=42;42", null], rows.Select(row => row.Solution));
        Assert.Equal([1, 3], rows.Select(row => row.Number));
    }

    [Fact]
    public async Task Stops_at_the_limit() =>
        Assert.Equal(2, (await DataFile.ReadAsync(Write("a.jsonl", VerlRow, VerlRow, "broken"), 2, Cancellation)).Length);

    [Theory]
    [InlineData("item")]
    [InlineData("element")]
    public async Task Reads_parquet_whatever_it_calls_the_child_of_a_list(string child)
    {
        var row = Assert.Single(await DataFile.ReadAsync(await WriteParquet(child, "6*7?"), null, Cancellation));

        Assert.Equal([new ChatMessage("user", "6*7?")], row.Messages);
        Assert.Equal(("42", "gsm8k", "task:addition"), (row.GroundTruth, row.DataSource, row.RewardStyle));
    }

    [Fact]
    public async Task A_parquet_row_without_a_prompt_is_refused()
    {
        var refusal = await Refusal(await WriteParquet("item", null));

        Assert.StartsWith("row 1 has no prompt", Assert.Single(refusal.Problems));
    }

    [Fact]
    public async Task Every_row_can_be_had_with_all_its_columns_and_its_fault()
    {
        var file = Write("a.jsonl", """{"id":7,"question":"?","answer":"1","extra":[1]}""", "[]", """{"answer":"1"}""", """{"question":"?"}""", """{"question":"\ud800","answer":"1"}""");

        var lines = new List<DataLine>();
        await foreach (var line in DataFile.ReadLinesAsync(file, Cancellation))
            lines.Add(line);

        Assert.Equal([DataFault.None, DataFault.Unreadable, DataFault.NoPrompt, DataFault.NoAnswer, DataFault.Unreadable], lines.Select(line => line.Fault));
        Assert.Equal("""{"id":7,"question":"?","answer":"1","extra":[1]}""", lines[0].Columns.GetRawText());
        Assert.Equal(("7", "1"), (lines[0].FindId(), lines[0].Row?.GroundTruth));
        Assert.Equal("row 5 has half a character in it", lines[4].Problem);
    }

    [Fact]
    public async Task All_bad_rows_are_named_at_once()
    {
        var refusal = await Refusal(
            Write("a.jsonl", VerlRow, "{", "[]", """{"answer":"1"}""", """{"question":"?"}""", """{"prompt":[{"role":"user"}],"answer":"1"}"""));

        Assert.Equal(5, refusal.Problems.Length);
        Assert.StartsWith("line 2 is not JSON", refusal.Problems[0]);
        Assert.StartsWith("line 3 is not an object", refusal.Problems[1]);
        Assert.StartsWith("row 4 has no prompt", refusal.Problems[2]);
        Assert.StartsWith("row 5 has no answer", refusal.Problems[3]);
        Assert.StartsWith("row 6 has no prompt", refusal.Problems[4]);
    }

    [Fact]
    public async Task No_more_than_twenty_bad_rows_are_named() =>
        Assert.Equal(20, (await Refusal(Write("a.jsonl", [.. Enumerable.Repeat("{", 50)]))).Problems.Length);

    [Theory]
    [InlineData("empty.jsonl", "", "no rows")]
    [InlineData("blank.jsonl", "\n  \n", "no rows")]
    [InlineData("text.txt", "x", "type \".txt\"")]
    [InlineData("bad.parquet", "PAR1 no parquet at all", "not a readable Parquet file")]
    [InlineData("none.parquet", "", "not a readable Parquet file")]
    public async Task Useless_files_are_refused(string name, string content, string reason) =>
        Assert.Contains(reason, (await Refusal(Write(name, content))).Message);

    [Fact]
    public async Task A_missing_file_is_refused() =>
        Assert.Contains("no such file", (await Refusal(Path.Combine(_folder, "gone.jsonl"))).Message);

    [Fact]
    public async Task A_file_becomes_prompts_and_demonstrations()
    {
        ImmutableArray<DataSource> sources = [new DataSource { File = Write("mine.jsonl",
            """{"question":"né?","answer":"42","solution":"6*7;42"}""", VerlRow) }];
        var tokenizer = CharacterTokenizer.Create(await TaskAlphabet.OfAsync(sources, PromptTemplate.Plain, Cancellation));

        var set = await PromptLoader.LoadAsync(
            sources, DataSplit.Evaluation, tokenizer, PromptTemplate.Plain, 64, seed: 1, Cancellation);

        Assert.Equal(["mine/eval/1", "mine/eval/2"], set.Prompts.Select(prompt => prompt.Id));
        Assert.Equal(["mine", "gsm8k"], set.Prompts.Select(prompt => prompt.DataSource));
        Assert.Equal("Be brief.\n6*7?", tokenizer.Decode(set.Prompts[1].Tokens.AsSpan()));
        Assert.Equal("6*7;42", tokenizer.Decode(Assert.Single(set.Demonstrations).ResponseTokens.AsSpan()));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<ImmutableArray<DataRow>> ReadLines(params string[] lines) =>
        await DataFile.ReadAsync(Write("a.jsonl", lines), null, Cancellation);

    private static Task<DataSetFormatException> Refusal(string path) =>
        Assert.ThrowsAsync<DataSetFormatException>(() => DataFile.ReadAsync(path, null, Cancellation));

    private string Write(string name, params string[] lines)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, string.Join('\n', lines));
        return path;
    }

    private async Task<string> WriteParquet(string child, string? question)
    {
        var schema = new ParquetSchema(
            new DataField<string>("data_source"),
            new ListField("prompt", new StructField(child, new DataField<string>("role"), new DataField<string>("content"))),
            new StructField("reward_model", new DataField<string>("style"), new DataField<string>("ground_truth")),
            new DataField<long>("index"));
        var messages = new List<IDictionary<string, object?>>();
        if (question is not null)
            messages.Add(new Dictionary<string, object?> { ["role"] = "user", ["content"] = question });

        var row = new Dictionary<string, object?>
        {
            ["data_source"] = "gsm8k",
            ["prompt"] = messages,
            ["reward_model"] = new Dictionary<string, object?> { ["style"] = "task:addition", ["ground_truth"] = "42" },
            ["index"] = 7L,
        };
        var path = Path.Combine(_folder, "a.parquet");
        await using var stream = File.Create(path);
        await ParquetSerializer.SerializeUntypedAsync([row], schema, stream, cancellationToken: Cancellation);
        return path;
    }
}
