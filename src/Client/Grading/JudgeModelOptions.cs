using System.CommandLine;
using SeedOrleans.Client.Commands;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Models.HuggingFace;
using SeedOrleans.Engine.Rewards.Judges.Endpoints;
using SeedOrleans.Engine.Rollout;
using SeedOrleans.Engine.Specs;

namespace SeedOrleans.Client.Grading;

/// <summary>Which model judges and how it is asked: what <c>--kind judge</c> and <c>--kind pairwise</c> share.</summary>
internal sealed class JudgeModelOptions
{
    private const double Day = 86_400;
    private const int Million = 1_000_000;

    private static readonly JudgeSpec Usual = new();

    private readonly Option<string?> _endpoint = new("--endpoint") { Description = "An OpenAI-compatible endpoint, such as http://127.0.0.1:8000/v1 (judge, pairwise).", HelpName = "URL" };
    private readonly Option<string?> _model = new("--model") { Description = "The model's name at the endpoint; without one, the folder of a policy, which judges in this process.", HelpName = "NAME|DIR" };
    private readonly Option<JudgeStyle> _style = WordOptions.Of<JudgeStyle>("--style", "At sight, by the probability of YES, or by reasoning first.");
    private readonly Option<JudgePrompt> _prompt = WordOptions.Of<JudgePrompt>("--prompt", "In plain words, or in a few characters for models trained on the judging tasks.");
    private readonly Option<string?> _key = new("--api-key-variable") { Description = "The environment variable that holds the endpoint's key.", HelpName = "NAME" };
    private readonly Option<double> _deadline = NumberOptions.Of("--deadline", "Seconds of one call.", 0.001, Day, Usual.DeadlineSeconds, "SECONDS");
    private readonly Option<double> _total = NumberOptions.Of("--total-deadline", "Seconds of a judgement, with all retries and waits.", 0.001, Day, Usual.TotalDeadlineSeconds, "SECONDS");
    private readonly Option<int> _retries = NumberOptions.Of("--retries", "Further calls after one that failed on the endpoint's side.", 0, 100, Usual.Retries);
    private readonly Option<int> _parallel = NumberOptions.Of("--parallel", "Lines, and calls, at the same time.", 1, 1024, Usual.Parallel);
    private readonly Option<int?> _requests = NumberOptions.Optional("--requests-per-minute", "Calls a minute.", 1, Million);
    private readonly Option<int?> _tokens = NumberOptions.Optional("--tokens-per-minute", "Tokens a minute, in and out.", 1, int.MaxValue);
    private readonly Option<double?> _cap = NumberOptions.Optional("--spend-cap", "The most that all calls may cost, in the prices' currency.", 0, double.MaxValue, "X");
    private readonly Option<double> _inputPrice = NumberOptions.Of("--input-price", "Of a million tokens in.", 0, double.MaxValue, Usual.InputPrice, "X");
    private readonly Option<double> _outputPrice = NumberOptions.Of("--output-price", "Of a million tokens out.", 0, double.MaxValue, Usual.OutputPrice, "X");
    private readonly Option<int?> _maxTokens = NumberOptions.Optional("--max-tokens", "Most tokens of the judge's reply; left out, 16 at sight and 4096 with thinking.", 1, Million);
    private readonly Option<double> _temperature = NumberOptions.Of("--temperature", "Divides the judge's logits; 0 takes the most likely token.", 0, 100, Usual.Temperature, "X");
    private readonly Option<long> _seed = NumberOptions.Of("--seed", "The same seed gives the same judgements, where the model keeps to it.", 0, long.MaxValue, Usual.Seed);
    private readonly Option<string?> _cache = new("--cache") { Description = "A folder that keeps replies, so that nothing is asked twice.", HelpName = "DIR" };

    public IReadOnlyList<Option> All =>
    [
        _endpoint, _model, _style, _prompt, _key, _deadline, _total, _retries, _parallel, _requests, _tokens, _cap, _inputPrice, _outputPrice, _maxTokens, _temperature, _seed, _cache,
    ];

    /// <exception cref="CommandFailedException">Options are missing or do not fit together; all of them are listed.</exception>
    public JudgeSpec Read(ParseResult parsed)
    {
        var (endpoint, model) = (parsed.GetValue(_endpoint), parsed.GetValue(_model));
        if (model is null)
            throw new CommandFailedException(ExitCode.Usage, "--model is missing: name a model at --endpoint URL, or the folder of a policy.");

        var spec = new JudgeSpec
        {
            Endpoint = endpoint,
            Model = endpoint is null ? null : model,
            Path = endpoint is null ? model : null,
            Style = parsed.GetValue(_style),
            Prompt = parsed.GetValue(_prompt),
            ApiKeyVariable = parsed.GetValue(_key),
            DeadlineSeconds = parsed.GetValue(_deadline),
            TotalDeadlineSeconds = parsed.GetResult(_total) is { Implicit: false } ? parsed.GetValue(_total) : Math.Max(Usual.TotalDeadlineSeconds, parsed.GetValue(_deadline)),
            Retries = parsed.GetValue(_retries),
            Parallel = parsed.GetValue(_parallel),
            RequestsPerMinute = parsed.GetValue(_requests),
            TokensPerMinute = parsed.GetValue(_tokens),
            SpendCap = parsed.GetValue(_cap),
            InputPrice = parsed.GetValue(_inputPrice),
            OutputPrice = parsed.GetValue(_outputPrice),
            MaxTokens = parsed.GetValue(_maxTokens),
            Temperature = parsed.GetValue(_temperature),
            Seed = parsed.GetValue(_seed),
            Cache = parsed.GetValue(_cache),
        };

        var problems = JudgeSpecRules.Problems(spec);
        return problems.IsEmpty ? spec
            : throw new CommandFailedException(ExitCode.Usage, string.Join('\n', problems.Select(problem => $"{OptionOf(problem.Key)} {problem.Problem}.")));
    }

    /// <exception cref="CommandFailedException">There is no such policy, or no key for the endpoint.</exception>
    public static Microsoft.Extensions.AI.IChatClient Open(JudgeSpec spec, TimeProvider time)
    {
        try
        {
            return JudgeModel.Open(spec, time, Environment.ProcessorCount);
        }
        catch (Exception refusal) when (refusal is ApiKeyMissingException or ModelFolderException or ChatTemplateException)
        {
            throw new CommandFailedException(ExitCode.Usage, refusal.Message);
        }
    }

    private static string OptionOf(string key) => key switch
    {
        "path" => "--model",
        "deadline_seconds" => "--deadline",
        "total_deadline_seconds" => "--total-deadline",
        _ => $"--{key.Replace('_', '-')}",
    };
}
