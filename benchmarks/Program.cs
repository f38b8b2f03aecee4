using SeedOrleans.Benchmarks;

var name = args.ElementAtOrDefault(0);
var models = args.ElementAtOrDefault(1) is { } part
    ? [.. BenchmarkModel.All.Where(model => model.Name.Contains(part, StringComparison.OrdinalIgnoreCase))]
    : BenchmarkModel.All;

using var pair = new DevicePair();
Action? benchmark = name switch
{
    "sgemm" => () => SgemmBenchmark.Run(pair),
    "decode" => () => DecodeBenchmark.Run(pair, models),
    "train" => () => TrainBenchmark.Run(pair, models),
    "shares" => () => SharesBenchmark.Run(pair, models),
    "memory" => () => MemoryBenchmark.Run(pair),
    "allreduce" => AllReduceBenchmark.Run,
    _ => null,
};

if (benchmark is null || models.Count == 0)
{
    Console.Error.WriteLine(
        "Usage: dotnet run -c Release --project benchmarks -- sgemm|decode|train|shares|memory|allreduce [part of a model's name]");
    return 2;
}

benchmark();
return 0;
