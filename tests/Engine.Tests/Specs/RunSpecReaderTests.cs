using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data.Tasks;
using SeedOrleans.Engine.Specs;

namespace SeedOrleans.Engine.Tests.Specs;

public sealed class RunSpecReaderTests
{
    private static string Repository => RepositoryFolder.Path;

    [Fact]
    public void Worked_example()
    {
        var reading = SpecText.Parse(SpecText.Valid);

        Assert.Empty(reading.Errors);
        var spec = reading.Spec!;
        Assert.Equal("first", spec.Name);
        Assert.Equal(64, spec.Model.Shape!.HiddenSize);
        Assert.Equal("addition", Assert.Single(spec.Data.Train).Task);
        Assert.Equal(AlgorithmPreset.Dapo, spec.Algorithm.Preset);
        Assert.Equal(1, spec.Seed);
        Assert.Null(spec.ColdStart);
        Assert.Equal(new EvaluationSpec(), spec.Evaluation);
    }

    [Fact]
    public void A_section_keeps_the_defaults_of_its_place()
    {
        var spec = SpecText.Parse(SpecText.Valid + "\ncold_start:\n  steps: 5\n  optimizer:\n    warmup_steps: 2\n").Spec!;

        Assert.Equal(new OptimizerSpec { LearningRate = 1e-3, WarmupSteps = 2 }, spec.ColdStart!.Optimizer);
    }

    /// <summary>Expected numbers are C#'s own literals.</summary>
    [Theory]
    [InlineData("1e-6", 1e-6)]
    [InlineData("1E-06", 1e-6)]
    [InlineData("0.1", 0.1)]
    [InlineData(".5", 0.5)]
    [InlineData("3", 3.0)]
    [InlineData("0.30000000000000004", 0.30000000000000004)]
    public void A_number_is_the_nearest_double(string text, double expected) =>
        Assert.Equal(expected, SpecText.Parse(SpecText.With("1e-6", text)).Spec!.Training.Optimizer.LearningRate);

    [Theory]
    [InlineData("010", 10)]
    [InlineData("+7", 7)]
    [InlineData("0x1F", 31)]
    [InlineData("0o17", 15)]
    public void Whole_numbers_follow_yaml_1_2(string text, int expected) =>
        Assert.Equal(expected, SpecText.Parse(SpecText.With("steps: 10", $"steps: {text}")).Spec!.Training.Steps);

    [Theory]
    [InlineData("preset: dr_grpo")]
    [InlineData("preset: dr-grpo")]
    public void Words_are_snake_or_kebab_case(string line) =>
        Assert.Equal(AlgorithmPreset.DrGrpo, SpecText.Parse(SpecText.With("preset: dapo", line)).Spec!.Algorithm.Preset);

    /// <summary>One mistake, one error: where it stands and what it must say.</summary>
    [Theory]
    [InlineData("steps: 10", "stps: 10\n  steps: 10", 22, "training.stps", "did you mean 'steps'")]
    [InlineData("group_size: 4", "gruop_size: 4\n  group_size: 4", 24, "training.gruop_size", "did you mean 'group_size'")]
    [InlineData("steps: 10", "steps: 10\n  learning_rate: 1e-3", 23, "training.learning_rate", "'training.optimizer.learning_rate'")]
    [InlineData("name: first", "name: first\nname: second", 2, "name", "line 1 has it already")]
    [InlineData("steps: 10", "steps: ten", 22, "training.steps", "a whole number, and is 'ten'")]
    [InlineData("steps: 10", "steps: 1.5", 22, "training.steps", "a whole number, and is 1.5")]
    [InlineData("steps: 10", "steps: \"10\"", 22, "training.steps", "remove the quotes")]
    [InlineData("steps: 10", "steps:", 22, "training.steps", "has no value")]
    [InlineData("steps: 10", "steps: [10]", 22, "training.steps", "is a list")]
    [InlineData("steps: 10", "steps: -1", 22, "training.steps", "at least 0")]
    [InlineData("steps: 10", "steps: 99999999999", 22, "training.steps", "too large")]
    [InlineData("  steps: 10\n", "", 21, "training.steps", "missing")]
    [InlineData("name: first", "name: 2024", 1, "name", "put it in quotes")]
    [InlineData("name: first", "name: \"first/run\"", 1, "name", "letters, digits")]
    [InlineData("preset: dapo", "preset: dappo", 18, "algorithm.preset", "did you mean 'dapo'")]
    [InlineData("preset: dapo", "dynamic_sampling: yes", 18, "algorithm.dynamic_sampling", "true or false")]
    [InlineData("preset: dapo", "overlong_cache_tokens: 33", 18, "algorithm.overlong_cache_tokens", "more than the 32 tokens")]
    [InlineData("learning_rate: 1e-6", "learning_rate: 0", 26, "training.optimizer.learning_rate", "greater than 0")]
    [InlineData("learning_rate: 1e-6", "learning_rate: .nan", 26, "training.optimizer.learning_rate", "finite")]
    [InlineData("learning_rate: 1e-6", "learning_rate: 1e999", 26, "training.optimizer.learning_rate", "finite")]
    [InlineData("learning_rate: 1e-6", "beta1: 1", 26, "training.optimizer.beta1", "less than 1")]
    [InlineData("max_response_tokens: 32", "max_response_tokens: 32\n  temperature: 0", 21, "rollout.temperature", "greater than 0")]
    [InlineData("max_response_tokens: 32", "max_response_tokens: 32\n  top_p: 1.1", 21, "rollout.top_p", "at most 1")]
    [InlineData("max_response_tokens: 32", "max_response_tokens: 49", 20, "rollout.max_response_tokens", "a context of 64")]
    [InlineData("group_size: 4", "group_size: 1", 24, "training.group_size", "at least 2")]
    [InlineData("group_size: 4", "group_size: 4\n  updates_per_step: 3", 25, "training.updates_per_step", "does not divide")]
    [InlineData("group_size: 4", "group_size: 4\n  micro_batch_tokens: 47", 25, "training.micro_batch_tokens", "48 prompt and response tokens")]
    [InlineData("name: first", "name: first\nlayout: {data: 33}", 2, "layout.data", "32 responses")]
    [InlineData("name: first", "name: first\nlayout: {expert: 4}", 2, "layout.expert", "2 · 1 · 1 = 2 ranks")]
    [InlineData("name: first", "name: first\nlayout: {data: 3, expert: 3}", 2, "layout.expert", "the 4 experts")]
    [InlineData("name: first", "name: first\nlayout: {tensor: 4}", 2, "layout.tensor", "2 key-value heads")]
    [InlineData("name: first", "name: first\nlayout: {context: 0}", 2, "layout.context", "at least 1")]
    [InlineData("name: first", "name: first\nlayout: automatic", 2, "layout", "a section with keys or 'auto', and is 'automatic'")]
    [InlineData("name: first", "name: first\nmemory: auto", 2, "memory", "a section with keys, and is 'auto'")]
    [InlineData("name: first", "name: first\nmemory: {recompute_every: -1}", 2, "memory.recompute_every", "at least 0")]
    [InlineData("key_value_heads: 2", "key_value_heads: 3", 8, "model.shape.key_value_heads", "does not divide the 4")]
    [InlineData("attention_heads: 4", "attention_heads: 6", 7, "model.shape.attention_heads", "does not divide hidden_size 64")]
    [InlineData("attention_heads: 4", "attention_heads: 64", 7, "model.shape.attention_heads", "even")]
    [InlineData("context: 64", "context: 64\n    head_dim: 15", 11, "model.shape.head_dim", "odd")]
    [InlineData("experts: 4", "experts: 4\n    experts_per_token: 5", 12, "model.shape.experts_per_token", "more than the 4 experts")]
    [InlineData("tokenizer: characters", "dtype: float32", 2, "model.tokenizer", "'characters'")]
    [InlineData("tokenizer: characters", "tokenizer: absent.json", 3, "model.tokenizer", "no such file")]
    [InlineData("task: addition", "task: adition", 15, "data.train.0.task", "did you mean 'addition'")]
    [InlineData("difficulty: 2", "difficulty: 21", 16, "data.train.0.difficulty", "more than the 20 that addition goes to")]
    [InlineData("task: addition", "count: 5", 15, "data.train.0", "neither a task nor a file")]
    [InlineData("task: addition", "file: absent.jsonl", 15, "data.train.0.file", "no such file")]
    [InlineData("difficulty: 2", "difficulty: 2\n      hardest: 1", 17, "data.train.0.hardest", "exchange the two")]
    [InlineData("difficulty: 2", "difficulty: 2\n      hardest: 21", 17, "data.train.0.hardest", "more than the 20 that addition goes to")]
    [InlineData("difficulty: 2", "weight: 0", 16, "data.train.0.weight", "greater than 0")]
    [InlineData("difficulty: 2", "domain: sums", 16, "data.train.0.domain", "give a source a weight")]
    [InlineData("difficulty: 2", "weight: 1\n      domain: ' '", 17, "data.train.0.domain", "is empty")]
    [InlineData("max_prompt_tokens: 16", "max_prompt_tokens: 16\n  evaluation: [{task: addition, weight: 1}]", 14, "data.evaluation.0.weight", "take it away")]
    [InlineData("max_prompt_tokens: 16", "max_prompt_tokens: 16\n  evaluation: [{task: addition, domain: sums}]", 14, "data.evaluation.0.domain", "take it away")]
    [InlineData("max_prompt_tokens: 16", "max_prompt_tokens: 16\n  instructions: true", 14, "data.instructions", "data.template: chatml")]
    [InlineData("max_prompt_tokens: 16", "max_prompt_tokens: 16\n  mixture: {slow: 0.05}", 14, "data.mixture.slow", "less than data.mixture.fast")]
    [InlineData("max_prompt_tokens: 16", "max_prompt_tokens: 16\n  mixture: {floor: 0}", 14, "data.mixture.floor", "greater than 0")]
    [InlineData("max_prompt_tokens: 16", "max_prompt_tokens: 16\n  ladder: {fall_below: 0.9}", 14, "data.ladder.fall_below", "less than data.ladder.rise_at")]
    [InlineData("name: first", "name: &anchor first", 1, "name", "anchors")]
    [InlineData("name: first", "name: !!str first", 1, "name", "tags")]
    public void A_mistake_is_named_with_its_line(string piece, string mistake, int line, string key, string words)
    {
        var reading = SpecText.Parse(SpecText.With(piece, mistake));

        Assert.Null(reading.Spec);
        var error = Assert.Single(reading.Errors);
        Assert.Equal(("run.yaml", line, key), (error.File, error.Line, error.Key));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layout_may_be_left_to_the_planner_in_one_word()
    {
        var spec = SpecText.Parse(SpecText.With("name: first", "name: first\nlayout: auto")).Spec!;

        Assert.Equal(new LayoutSpec { Auto = true }, spec.Layout);
    }

    [Fact]
    public void Ten_mistakes_are_ten_errors_in_the_order_of_their_lines()
    {
        var reading = SpecText.Parse("""
            name: "a b"
            sed: 1
            model:
              shape:
                hidden_size: 64
                layers: 0
                attention_heads: 4
                key_value_heads: 3
                intermediate_size: 64
                context: sixty-four
            data:
              train:
                - task: adition
                - {}
            rollout:
              max_response_tokens: 32
              top_p: 0
            training:
              steps: 10
              prompts_per_step: 8
              group_size: 1
            """);

        Assert.Equal(
            [
                (1, "name"), (2, "sed"), (3, "model.tokenizer"), (6, "model.shape.layers"), (8, "model.shape.key_value_heads"),
                (10, "model.shape.context"), (13, "data.train.0.task"), (14, "data.train.1"), (17, "rollout.top_p"), (21, "training.group_size"),
            ],
            reading.Errors.Select(error => (error.Line, error.Key)));
    }

    [Fact]
    public void Missing_sections_are_named_once_each() =>
        Assert.Equal(["model", "data", "rollout", "training"], SpecText.Parse("name: x").Errors.Select(error => error.Key));

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment")]
    [InlineData("- a list")]
    [InlineData("just words")]
    [InlineData("name: [unclosed")]
    [InlineData("name: a\n  deeper: b")]
    [InlineData("\tname: a")]
    [InlineData("name: \u0001")]
    [InlineData("? {a: b}\n: c")]
    [InlineData("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]")]
    [InlineData("<<: {name: a}")]
    public void What_is_no_spec_is_refused_in_words(string text) => Assert.NotEmpty(SpecText.Parse(text).Errors);

    [Fact]
    public void A_second_document_is_refused() =>
        Assert.Contains("second document", Assert.Single(SpecText.Parse(SpecText.Valid + "\n---\nname: b\n").Errors).Message, StringComparison.Ordinal);

    [Fact]
    public void Bottomless_nesting_is_refused() =>
        Assert.Contains("levels deep", Assert.Single(SpecText.Parse(new string('[', 100_000)).Errors).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_an_error() =>
        Assert.Equal(new SpecError("absent.yaml", 0, "", "no such file"), Assert.Single(RunSpecReader.Read("absent.yaml", [], SpecText.Tasks).Errors));

    [Theory]
    [InlineData("quickstart")]
    [InlineData("countdown")]
    [InlineData("mixture")]
    [InlineData("your-data")]
    [InlineData("seed-thinking-200b")]
    [InlineData("verifier")]
    [InlineData("reward-model")]
    [InlineData("mixed-rewards", "rewards.reward_model={endpoint: http://127.0.0.1:8000/v1, model: judge}")] // in place of the folder that another run leaves
    public void The_examples_are_valid(string name, params string[] overrides)
    {
        var reading = RunSpecReader.Read(Path.Combine(Repository, "examples", $"{name}.yaml"), overrides, TaskCatalog.All.ToDictionary(task => task.Name, task => task.MaxDifficulty));

        Assert.Empty(reading.Errors);
        Assert.All(reading.Spec!.Data.Train, source => Assert.True(source.File is null || Path.IsPathFullyQualified(source.File)));
    }

    [Fact]
    public void The_schema_for_editors_is_current() =>
        Assert.Equal(File.ReadAllText(Path.Combine(Repository, "schemas", "run.schema.json")), RunSpecSchema.Generate());

    [Fact]
    public void The_manual_is_current() =>
        Assert.Equal(File.ReadAllText(Path.Combine(Repository, "docs", "spec.md")), RunSpecManual.Generate());
}
