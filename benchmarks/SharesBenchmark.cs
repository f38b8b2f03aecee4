using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Models;

namespace SeedOrleans.Benchmarks;

/// <summary>Where the time of a token goes, found by leaving parts out of the model: what is faster without a part was that part's.</summary>
internal static class SharesBenchmark
{
    private const int Batch = 64;

    public static void Run(DevicePair pair, IReadOnlyList<BenchmarkModel> models)
    {
        var table = new Table("µs a token", "decode", "share", "train", "share");
        foreach (var model in models.Where(model => model.Config.Experts > 0))
        {
            var full = Measure(model, pair);
            var dense = Measure(WithoutExperts(model), pair);
            var deep = Measure(model with { Config = model.Config with { Layers = 2 * model.Config.Layers } }, pair);

            // Twice the layers cost one time the layers more; what is left is the rest.
            var layers = (Decode: deep.Decode - full.Decode, Train: deep.Train - full.Train);
            Add(model.Name, full);
            Add("  experts beyond a dense MLP", (full.Decode - dense.Decode, full.Train - dense.Train));
            Add("  layers", layers);
            Add("  outside of layers", (full.Decode - layers.Decode, full.Train - layers.Train));

            void Add(string name, (double Decode, double Train) time) => table.Add(
                name, Table.Number(time.Decode), Table.Number(time.Decode / full.Decode), Table.Number(time.Train),
                Table.Number(time.Train / full.Train));
        }
    }

    /// <summary>A dense model that multiplies as much a token.</summary>
    private static BenchmarkModel WithoutExperts(BenchmarkModel model)
    {
        var config = model.Config;
        return model with
        {
            Config = ModelConfig.FromShape(
                new ModelShape
                {
                    HiddenSize = config.HiddenSize,
                    Layers = config.Layers,
                    AttentionHeads = config.AttentionHeads,
                    KeyValueHeads = config.KeyValueHeads,
                    IntermediateSize = config.MoeIntermediateSize * config.ExpertsPerToken,
                    Context = config.MaxPositions,
                },
                config.VocabularySize),
        };
    }

    /// <returns>µs a token on both threads together.</returns>
    private static (double Decode, double Train) Measure(BenchmarkModel model, DevicePair pair)
    {
        using var weights = ModelWeights.Random(model.Config, seed: 1).Pack();
        using var sampling = new SamplingLoad(model, weights, pair, Batch, threads: 2);
        sampling.RunFor(TimeSpan.FromSeconds(1));

        return (1e6 / sampling.RunFor(TimeSpan.FromSeconds(4)), 1e6 / TrainBenchmark.TokensPerSecond(model, pair));
    }
}
