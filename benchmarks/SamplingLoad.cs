using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Rollout;

namespace SeedOrleans.Benchmarks;

/// <summary>Engines that never run out of requests: whenever a response ends, another one takes its place.</summary>
internal sealed class SamplingLoad : IDisposable
{
    private readonly BenchmarkModel _model;
    private readonly Devices _pair;
    private readonly Transformer[] _policies;
    private readonly GenerationEngine[] _engines;
    private readonly SamplingParameters _sampling;
    private int _requests;

    /// <param name="batch">Responses at work at once, over all threads.</param>
    /// <param name="weights">Not owned; all engines read them.</param>
    public SamplingLoad(BenchmarkModel model, ModelWeights weights, Devices pair, int batch, int threads)
    {
        (_model, _pair) = (model, pair);
        _sampling = new SamplingParameters { MaxResponseTokens = model.ResponseTokens };
        _policies = [.. Enumerable.Range(0, threads).Select(_ => new Transformer(weights))];
        _engines =
        [
            .. _policies.Select(policy => new GenerationEngine(
                policy, PolicyVersion.Initial, batch / threads, model.PromptTokens + model.ResponseTokens,
                Math.Min(64, model.PromptTokens))),
        ];

        foreach (var engine in _engines)
            for (var slot = 0; slot < batch / threads; slot++)
                engine.Submit(NextRequest());
    }

    /// <summary>One for each thread.</summary>
    public IReadOnlyList<GenerationEngine> Engines => _engines;

    /// <summary>Tokens sampled since the beginning.</summary>
    public long SampledTokens => _engines.Sum(engine => engine.SampledTokens);

    /// <param name="afterStep">What else a thread does, told its engine's number and the engine.</param>
    /// <returns>Tokens sampled a second.</returns>
    public double RunFor(TimeSpan time, Action<int, GenerationEngine>? afterStep = null)
    {
        var (before, end) = (SampledTokens, DateTime.UtcNow + time);
        var taken = _pair.Run(_engines.Length, thread =>
        {
            while (DateTime.UtcNow < end)
            {
                for (var ended = _engines[thread].Step().Count; ended > 0; ended--)
                    _engines[thread].Submit(NextRequest());

                afterStep?.Invoke(thread, _engines[thread]);
            }
        });

        return (SampledTokens - before) / taken.TotalSeconds;
    }

    public void Dispose()
    {
        foreach (var engine in _engines)
            engine.Dispose();

        foreach (var policy in _policies)
            policy.Dispose();
    }

    private RolloutRequest NextRequest()
    {
        var number = Interlocked.Increment(ref _requests);
        var tokens = Enumerable.Range(number, _model.PromptTokens).Select(token => token % _model.Config.VocabularySize);
        return new RolloutRequest
        {
            Prompt = new Prompt
            {
                Id = $"benchmark/{number}",
                Tokens = [.. tokens],
                Question = "",
                DataSource = "",
                RewardStyle = "",
                GroundTruth = "",
            },
            ResponseIndex = 0,
            Sampling = _sampling,
            Seed = 1,
            CollectionId = 0,
        };
    }
}
