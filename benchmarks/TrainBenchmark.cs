using System.Diagnostics;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Algorithms;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Training;

namespace SeedOrleans.Benchmarks;

/// <summary>Tokens trained a second: forward, backward, all-reduce and optimizer step of two ranks on two threads.</summary>
internal static class TrainBenchmark
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(5);

    public static void Run(DevicePair pair, IReadOnlyList<BenchmarkModel> models)
    {
        var table = new Table("train", "batch", "sequence", "tokens/s", "GFLOP/s", "sgemm", "of sgemm");
        foreach (var model in models)
        {
            var peak = SgemmBenchmark.Peak(pair, 2);
            var speed = TokensPerSecond(model, pair);

            // Backward multiplies by each matrix twice more.
            var flops = 3 * speed * model.FlopsAToken() / 1e9;
            table.Add(
                model.Name, Table.Number(model.Sequences), Table.Number(model.SequenceTokens), Table.Number(speed),
                Table.Number(flops), Table.Number(peak), Table.Number(flops / peak));
        }
    }

    /// <returns>Tokens through the network a second, both ranks together.</returns>
    public static double TokensPerSecond(BenchmarkModel model, DevicePair pair)
    {
        using var group = new InProcessGroup(2);
        var shares = MicroBatches.AcrossRanks(Batch(model), 2);
        var ranks = new RankTrainer[2];
        var (loss, optimizer) = (new ClippedPolicyLoss(AlgorithmPresets.Resolve(new AlgorithmSpec())), new OptimizerSpec());
        pair.Run(2, rank =>
        {
            using var initial = ModelWeights.Random(model.Config, seed: 1);
            ranks[rank] = new RankTrainer(initial, group.Ranks[rank], new RankTrainerOptions());
        });

        Update();
        var (tokens, start) = (0L, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(start) < Time)
        {
            Update();
            tokens += shares.Sum(share => share.Sum(sequence => (long)PackedBatch.FedTokens(sequence)));
        }

        var speed = tokens / Stopwatch.GetElapsedTime(start).TotalSeconds;
        foreach (var rank in ranks)
            rank.Dispose();

        return speed;

        void Update() => pair.Run(2, rank =>
            ranks[rank].Update(shares[rank], loss, optimizer, optimizer.LearningRate, CancellationToken.None));
    }

    /// <summary>Half of them good and half bad, with the log-probs of a policy that knows nothing.</summary>
    private static IReadOnlyList<TrainingSequence> Batch(BenchmarkModel model)
    {
        var responseTokens = model.SequenceTokens + 1 - model.PromptTokens;
        return
        [
            .. Enumerable.Range(0, model.Sequences).Select(index => new TrainingSequence
            {
                PromptTokens = [.. Tokens(index, model.PromptTokens)],
                ResponseTokens = [.. Tokens(index + 1, responseTokens)],
                RolloutLogProbs = [.. Enumerable.Repeat(-MathF.Log(model.Config.VocabularySize), responseTokens)],
                Advantage = index % 2 == 0 ? 1 : -1,
                TokenWeight = 1.0 / (model.Sequences * responseTokens),
            }),
        ];

        IEnumerable<int> Tokens(int from, int count) =>
            Enumerable.Range(from, count).Select(token => token * 7 % model.Config.VocabularySize);
    }
}
