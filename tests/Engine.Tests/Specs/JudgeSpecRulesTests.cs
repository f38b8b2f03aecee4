using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Specs;

namespace SeedOrleans.Engine.Tests.Specs;

public sealed class JudgeSpecRulesTests
{
    private static readonly JudgeSpec AtEndpoint = new() { Endpoint = "http://127.0.0.1:8000/v1", Model = "m" };

    [Fact]
    public void Sound_ones_have_no_problems()
    {
        Assert.Empty(JudgeSpecRules.Problems(AtEndpoint));
        Assert.Empty(JudgeSpecRules.Problems(AtEndpoint with { SpendCap = 1, InputPrice = 1, ApiKeyVariable = "KEY", RequestsPerMinute = 60, Cache = "c" }));
        Assert.Empty(JudgeSpecRules.Problems(new() { Path = "policy", Style = JudgeStyle.Thinking, Prompt = JudgePrompt.Compact }));
    }

    [Fact]
    public void All_mistakes_are_listed_at_once()
    {
        var problems = JudgeSpecRules.Problems(new()
        {
            Endpoint = "ftp://x",
            Path = "p",
            Retries = -1,
            Parallel = 0,
            RequestsPerMinute = 0,
            Temperature = -1,
            DeadlineSeconds = 0,
            TotalDeadlineSeconds = -1,
            MaxTokens = 0,
            SpendCap = 1,
        });

        Assert.Equal(
            ["deadline_seconds", "total_deadline_seconds", "retries", "parallel", "requests_per_minute", "max_tokens", "temperature", "endpoint", "endpoint", "model", "total_deadline_seconds", "spend_cap"],
            problems.Select(problem => problem.Key));
    }

    public static TheoryData<string, JudgeSpec> Refusals => new()
    {
        { "endpoint", new() },
        { "endpoint", AtEndpoint with { Path = "p" } },
        { "endpoint", AtEndpoint with { Endpoint = "localhost:8000" } },
        { "endpoint", AtEndpoint with { Endpoint = "http://user:secret@host/v1" } },
        { "model", AtEndpoint with { Model = null } },
        { "model", new() { Path = "p", Model = "m" } },
        { "path", new() { Path = " " } },
        { "api_key_variable", new() { Path = "p", ApiKeyVariable = "KEY" } },
        { "requests_per_minute", new() { Path = "p", RequestsPerMinute = 1 } },
        { "tokens_per_minute", new() { Path = "p", TokensPerMinute = 1 } },
        { "cache", new() { Path = "p", Cache = "c" } },
        { "spend_cap", AtEndpoint with { SpendCap = 1 } },
        { "total_deadline_seconds", AtEndpoint with { TotalDeadlineSeconds = 59 } },
        { "spend_cap", AtEndpoint with { SpendCap = -1, InputPrice = 1 } },
        { "deadline_seconds", AtEndpoint with { DeadlineSeconds = double.NaN } },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_mistake_is_named_by_its_key(string key, JudgeSpec spec) => Assert.Equal([key], JudgeSpecRules.Problems(spec).Select(problem => problem.Key));
}
