using System.Diagnostics;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Rollout;
using static TorchSharp.torch;

namespace SeedOrleans.Benchmarks;

/// <summary>Where the time of a token goes: parts of the model run alone, beside the whole of sampling and of an update.</summary>
internal static class SharesBenchmark
{
    private const int Batch = 64;
    private const int Threads = 2;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(2);

    public static void Run(Devices pair, IReadOnlyList<BenchmarkModel> models)
    {
        var table = new Table("µs a token", "decode", "share", "train", "share");
        foreach (var model in models)
        {
            var decode = Decode(model, pair);
            var train = Train(model, pair);
            Add(model.Name, parts => parts.Whole);
            Add("  attention with projections", parts => parts.Attention);
            Add(model.Config.Experts > 0 ? "  router and experts" : "  MLP", parts => parts.Mlp);
            Add("  logits", parts => parts.Logits);
            Add("  everything else", parts => parts.Rest);

            void Add(string name, Func<Parts, double> time) => table.Add(
                name, Table.Number(time(decode)), Table.Number(time(decode) / decode.Whole), Table.Number(time(train)),
                Table.Number(time(train) / train.Whole));
        }
    }

    /// <summary>One new token for each slot, in the middle of its response.</summary>
    private static Parts Decode(BenchmarkModel model, Devices pair)
    {
        using var weights = ModelWeights.Random(model.Config, seed: 1).Pack();
        using var sampling = new SamplingLoad(model, weights, pair, Batch, Threads);
        sampling.RunFor(TimeSpan.FromSeconds(1));
        var whole = 1e6 / sampling.RunFor(2 * Time);

        var (slots, position) = (Batch / Threads, model.PromptTokens + (model.ResponseTokens / 2));
        return Measure(model, weights, pair, slots, position, whole, () =>
        {
            var cache = new KeyValueCache(model.Config, slots, model.PromptTokens + model.ResponseTokens);
            var rows = Enumerable.Range(0, slots * cache.Heads).Select(row => cache.Row(row / cache.Heads, row % cache.Heads, position));
            var mask = zeros(slots * cache.Heads, 1, position + 1);
            return new CachedAttention(cache, slots, 1, position + 1, tensor(rows.ToArray()), mask, slotHeads: null);
        });
    }

    /// <summary>Forward and backward of one rank's sequences.</summary>
    private static Parts Train(BenchmarkModel model, Devices pair)
    {
        var whole = 1e6 / TrainBenchmark.TokensPerSecond(model, pair);
        using var weights = ModelWeights.Random(model.Config, seed: 1);
        foreach (var slot in WeightLayout.Of(model.Config).Slots)
            weights[slot.Name].requires_grad_(true);

        var (sequences, length) = (model.Sequences / Threads, model.SequenceTokens);
        return Measure(model, weights, pair, sequences * length, position: 0, whole, () =>
            new PackedAttention([new SequenceGrid(sequences, length)]));
    }

    /// <param name="tokens">Of one thread.</param>
    /// <param name="whole">µs a token, all threads together.</param>
    private static Parts Measure(
        BenchmarkModel model, ModelWeights weights, Devices pair, int tokens, int position, double whole, Func<IAttention> attentionOf)
    {
        var trains = weights["embedding"].requires_grad;
        var parts = new Parts[Threads];
        pair.Run(Threads, thread =>
        {
            using var scope = NewDisposeScope();
            using var transformer = new Transformer(weights);
            using var rotary = new RotaryEmbedding(model.Config.HeadDim, model.Config.RopeTheta);
            using var mode = trains ? enable_grad() : no_grad();

            var input = randn([tokens, model.Config.HiddenSize], requires_grad: trains);
            var turn = rotary.At(full([tokens], position, dtype: int64), input.dtype);
            var attention = attentionOf();
            parts[thread] = new Parts
            {
                Whole = whole,
                Attention = model.Config.Layers * TimeOf(() => transformer.Attention(0, input, turn, attention)),
                Mlp = model.Config.Layers * TimeOf(() => transformer.Mlp(0, input)),
                Logits = TimeOf(() => transformer.Logits(input)),
            };
        });

        return new Parts
        {
            Whole = whole,
            Attention = parts.Average(part => part.Attention),
            Mlp = parts.Average(part => part.Mlp),
            Logits = parts.Average(part => part.Logits),
        };

        double TimeOf(Func<Tensor> part)
        {
            Once();
            var (runs, start) = (0, Stopwatch.GetTimestamp());
            for (; Stopwatch.GetElapsedTime(start) < Time; runs++)
                Once();

            return Stopwatch.GetElapsedTime(start).TotalMicroseconds / runs / tokens / Threads;

            void Once()
            {
                using var scope = NewDisposeScope();
                var result = part();
                if (trains)
                    result.sum().backward();
            }
        }
    }

    /// <summary>µs a token, all threads together.</summary>
    private sealed record Parts
    {
        public required double Whole { get; init; }

        public required double Attention { get; init; }

        public required double Mlp { get; init; }

        public required double Logits { get; init; }

        /// <summary>Embedding, norms, choice of tokens, loss, reduction, optimizer, and what runs between operators.</summary>
        public double Rest => Whole - Attention - Mlp - Logits;
    }
}
