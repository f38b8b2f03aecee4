using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Rollout;

namespace SeedOrleans.Benchmarks;

/// <summary>Sampled tokens a second, one engine on each of two threads, with the sampler and log-probs in it.</summary>
internal static class DecodeBenchmark
{
    private const int PromptTokens = 8, Rounds = 3;

    public static void Run(bool withLarge)
    {
        Console.WriteLine("| model | parameters | batch | tokens/s, 2 threads | tokens/s for each GFLOP/s of sgemm |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (name, config) in BenchmarkModels.All(withLarge))
        {
            using var weights = ModelWeights.Random(config, seed: 1);
            foreach (var batch in (int[])[1, 8, 64])
            {
                var response = config.HiddenSize > 512 ? 24 : 64;
                var peak = Machine.PeakGigaflops();
                var best = Enumerable.Range(0, Rounds).Max(_ => TokensPerSecond(weights, batch, response));
                Console.WriteLine($"| {name} | {weights.Layout.Count / 1e6:0.0}M | {batch} | {best:0} | {best / peak:0.0} |");
            }
        }
    }

    /// <param name="batch">Responses at once on each thread.</param>
    private static double TokensPerSecond(ModelWeights weights, int batch, int response)
    {
        var seconds = Machine.OnTwoThreads(thread => Sample(weights, batch, response, thread));
        return 2.0 * batch * response / seconds;
    }

    private static void Sample(ModelWeights weights, int batch, int response, int thread)
    {
        using var policy = new Transformer(weights);
        using var engine = new GenerationEngine(policy, PolicyVersion.Initial, batch, PromptTokens + response);
        for (var index = 0; index < batch; index++)
            engine.Submit(Request(index, response, (ulong)thread));

        while (engine.Unfinished > 0)
            engine.Step();
    }

    public static RolloutRequest Request(int index, int response, ulong seed) => new()
    {
        Prompt = new Prompt
        {
            Id = $"p{index}",
            Tokens = [.. Enumerable.Range(1, PromptTokens)],
            Question = "",
            DataSource = "benchmark",
            RewardStyle = "rule",
            GroundTruth = "",
        },
        ResponseIndex = 0,
        Seed = seed,
        CollectionId = 0,
        Sampling = new SamplingParameters { MaxResponseTokens = response },
    };
}
