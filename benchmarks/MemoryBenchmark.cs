using SeedOrleans.Domain.Policies;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Rollout;

namespace SeedOrleans.Benchmarks;

/// <summary>Resident memory over a million sampled tokens: it must level off.</summary>
internal static class MemoryBenchmark
{
    private const int Slots = 64, Response = 32;
    private const long Tokens = 1_000_000, Interval = 100_000;

    public static void Run()
    {
        using var weights = ModelWeights.Random(BenchmarkModels.Quickstart, seed: 1);
        using var policy = new Transformer(weights);
        using var engine = new GenerationEngine(policy, PolicyVersion.Initial, Slots, 64);

        Console.WriteLine("| sampled tokens | resident MB | managed MB |");
        Console.WriteLine("|---|---|---|");
        for (var (request, next) = (0, Interval); engine.SampledTokens < Tokens;)
        {
            for (; engine.Unfinished < 2 * Slots; request++)
                engine.Submit(DecodeBenchmark.Request(request, Response, seed: 1));

            engine.Step();
            if (engine.SampledTokens < next)
                continue;

            Console.WriteLine($"| {engine.SampledTokens} | {Environment.WorkingSet / 1e6:0} | {GC.GetTotalMemory(false) / 1e6:0} |");
            next += Interval;
        }
    }
}
