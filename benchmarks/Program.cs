using SeedOrleans.Benchmarks;

using var pair = new DevicePair();
Action<DevicePair>? benchmark = args is [var name, ..]
    ? name switch
    {
        "sgemm" => SgemmBenchmark.Run,
        "decode" => DecodeBenchmark.Run,
        "train" => TrainBenchmark.Run,
        "shares" => SharesBenchmark.Run,
        "memory" => MemoryBenchmark.Run,
        _ => null,
    }
    : null;

if (benchmark is null)
{
    Console.Error.WriteLine("Usage: dotnet run -c Release --project benchmarks -- sgemm|decode|train|shares|memory");
    return 2;
}

benchmark(pair);
return 0;
