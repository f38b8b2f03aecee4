namespace SeedOrleans.Domain.Specs;

/// <summary>A model that judges responses: at an endpoint, or a policy of ours from a folder. Exactly one of <see cref="Endpoint"/> and <see cref="Path"/>.</summary>
[GenerateSerializer, Immutable, Alias("seed.judge-spec")]
public sealed record JudgeSpec
{
    /// <summary>Base address of an OpenAI-compatible endpoint, such as <c>http://127.0.0.1:8000/v1</c>.</summary>
    [Id(0)] public string? Endpoint { get; init; }

    /// <summary>The model's name at the endpoint.</summary>
    [Id(1)] public string? Model { get; init; }

    /// <summary>A folder with config.json, safetensors and tokenizer.json.</summary>
    [Id(2)] public string? Path { get; init; }

    /// <summary>How it comes to a verdict.</summary>
    [Id(3)] public JudgeStyle Style { get; init; } = JudgeStyle.Verifier;

    /// <summary>How it is asked.</summary>
    [Id(4)] public JudgePrompt Prompt { get; init; } = JudgePrompt.Natural;

    /// <summary>The environment variable that holds the endpoint's key; left out, no key is sent.</summary>
    [Id(5)] public string? ApiKeyVariable { get; init; }

    /// <summary>Seconds that one call to the endpoint may take.</summary>
    [Id(6)] public double DeadlineSeconds { get; init; } = 60;

    /// <summary>Seconds that a judgement may take with all its retries and waits.</summary>
    [Id(7)] public double TotalDeadlineSeconds { get; init; } = 300;

    /// <summary>Further calls after one that failed on the endpoint's side.</summary>
    [Id(8)] public int Retries { get; init; } = 4;

    /// <summary>Calls at the same time.</summary>
    [Id(9)] public int Parallel { get; init; } = 8;

    /// <summary>Calls a minute; left out, as many as come.</summary>
    [Id(10)] public int? RequestsPerMinute { get; init; }

    /// <summary>Tokens a minute, in and out; left out, as many as come.</summary>
    [Id(11)] public int? TokensPerMinute { get; init; }

    /// <summary>The most that all calls together may cost, in the prices' currency; left out, there is no cap.</summary>
    [Id(12)] public double? SpendCap { get; init; }

    /// <summary>Of a million tokens in.</summary>
    [Id(13)] public double InputPrice { get; init; }

    /// <summary>Of a million tokens out.</summary>
    [Id(14)] public double OutputPrice { get; init; }

    /// <summary>Most tokens of a reply; left out, 16 for a verifier and 4096 for one that thinks.</summary>
    [Id(15)] public int? MaxTokens { get; init; }

    /// <summary>Divides the judge's logits; 0 takes the most likely token.</summary>
    [Id(16)] public double Temperature { get; init; }

    /// <summary>Every random number of the judge is a function of this.</summary>
    [Id(17)] public long Seed { get; init; } = 1;

    /// <summary>A folder that keeps replies from an endpoint, so that nothing is asked and paid for twice; left out, they are kept in memory.</summary>
    [Id(18)] public string? Cache { get; init; }
}

public enum JudgeStyle
{
    /// <summary>At sight: the probability of its first word. Seed-Verifier.</summary>
    Verifier,

    /// <summary>Reasons step by step, then gives its verdict. Seed-Thinking-Verifier.</summary>
    Thinking,
}

public enum JudgePrompt
{
    /// <summary>Principles and task in plain words, for models that read language.</summary>
    Natural,

    /// <summary>A few characters, for models of single characters that were trained on the judging tasks.</summary>
    Compact,
}
