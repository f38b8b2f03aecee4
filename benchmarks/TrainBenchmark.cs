using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Algorithms;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Training;

namespace SeedOrleans.Benchmarks;

/// <summary>Trained tokens a second, two data-parallel ranks: forward, backward, reduction, clipping, AdamW.</summary>
internal static class TrainBenchmark
{
    private const int Rounds = 3;

    public static void Run(bool withLarge)
    {
        Console.WriteLine("| model | parameters | sequences × tokens | tokens/s, 2 ranks | tokens/s for each GFLOP/s of sgemm |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (name, config) in BenchmarkModels.All(withLarge))
        {
            var (sequences, tokens) = config.HiddenSize > 512 ? (4, 64) : (64, 64);
            var peak = Machine.PeakGigaflops();
            var (best, parameters) = TokensPerSecond(config, sequences, tokens);
            Console.WriteLine($"| {name} | {parameters / 1e6:0.0}M | {sequences} × {tokens} | {best:0} | {best / peak:0.0} |");
        }
    }

    private static (double Best, long Parameters) TokensPerSecond(ModelConfig config, int sequences, int tokens)
    {
        using var weights = ModelWeights.Random(config, seed: 1);
        using var group = new InProcessGroup(2);
        RankTrainer[] ranks = [.. group.Ranks.Select(rank => new RankTrainer(weights, rank, new RankTrainerOptions()))];
        var shares = MicroBatches.AcrossRanks(Batch(sequences, tokens), 2);
        var loss = new ClippedPolicyLoss(AlgorithmPresets.Resolve(new AlgorithmSpec()));

        var best = 0.0;
        for (var round = 0; round <= Rounds; round++)
        {
            var seconds = Machine.OnTwoThreads(
                rank => ranks[rank].Update(shares[rank], loss, new OptimizerSpec(), 1e-4, CancellationToken.None));
            best = Math.Max(best, sequences * (tokens - 1) / seconds);
        }

        foreach (var rank in ranks)
            rank.Dispose();

        return (best, weights.Layout.Count);
    }

    /// <summary>A quarter of each sequence is prompt.</summary>
    private static TrainingSequence[] Batch(int sequences, int tokens) =>
    [
        .. Enumerable.Range(0, sequences).Select(row => new TrainingSequence
        {
            PromptTokens = [.. Enumerable.Range(0, tokens / 4).Select(place => (row + place) % 20)],
            ResponseTokens = [.. Enumerable.Range(0, tokens - (tokens / 4)).Select(place => (row + (3 * place)) % 20)],
            TokenWeight = 1.0 / (sequences * (tokens - (tokens / 4))),
            Advantage = row % 2 == 0 ? 1 : -1,
            RolloutLogProbs = [.. Enumerable.Repeat(-3f, tokens - (tokens / 4))],
        }),
    ];
}
