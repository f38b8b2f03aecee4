using SeedOrleans.Benchmarks;
using SeedOrleans.Engine.Tensors;

LibTorch.EnsureLoaded();
switch (args)
{
    case ["decode"]:
        DecodeBenchmark.Run(withLarge: false);
        return 0;
    case ["decode", "all"]:
        DecodeBenchmark.Run(withLarge: true);
        return 0;
    case ["train"]:
        TrainBenchmark.Run(withLarge: false);
        return 0;
    case ["train", "all"]:
        TrainBenchmark.Run(withLarge: true);
        return 0;
    case ["memory"]:
        MemoryBenchmark.Run();
        return 0;
    default:
        await Console.Error.WriteLineAsync("benchmarks: say decode, decode all, train, train all, or memory; \"all\" adds the models of 100M and more.");
        return 2;
}
