using System.Globalization;
using SeedOrleans.Benchmarks;
using SeedOrleans.Domain.Specs;

var name = args.ElementAtOrDefault(0);
var models = args.ElementAtOrDefault(1) is { } part
    ? [.. BenchmarkModel.All.Where(model => model.Name.Contains(part, StringComparison.OrdinalIgnoreCase))]
    : BenchmarkModel.All;

if (args is ["control-silo", var folder, var silo])
{
    await ControlSilo.LiveAsync(folder, silo);
    return 0;
}

if (args is ["control", .. var clusters])
{
    await ControlBenchmark.RunAsync(clusters.Length > 0 ? [.. clusters.Select(int.Parse)] : [1, 2, 4]);
    return 0;
}

if (args is ["judge", var policy, var style, ..])
{
    await JudgeBenchmark.RunAsync(policy, Enum.Parse<JudgeStyle>(style, ignoreCase: true), int.Parse(args.ElementAtOrDefault(3) ?? "1", CultureInfo.InvariantCulture));
    return 0;
}

using var pair = new Devices();
Action? benchmark = name switch
{
    "sgemm" => () => SgemmBenchmark.Run(pair),
    "standstill" => () => StandstillBenchmark.RunAsync(pair, models).GetAwaiter().GetResult(),
    "disk" => () => DiskBenchmark.RunAsync(pair, models).GetAwaiter().GetResult(),
    "azurite" => () => AzuriteBenchmark.RunAsync(pair, models).GetAwaiter().GetResult(),
    "decode" => () => DecodeBenchmark.Run(pair, models),
    "journal" => () => JournalBenchmark.RunAsync(pair, models).GetAwaiter().GetResult(),
    "train" => () => TrainBenchmark.Run(pair, models),
    "layouts" => () => LayoutsBenchmark.Run(models, [.. args.Skip(2)]),
    "shares" => () => SharesBenchmark.Run(pair, models),
    "plan" => () => PlanBenchmark.Run(models),
    "memory" => () => MemoryBenchmark.Run(pair),
    "allreduce" => AllReduceBenchmark.Run,
    "balance" => BalanceBenchmark.Run,
    "code" => () => CodeBenchmark.RunAsync().GetAwaiter().GetResult(),
    "mathematics" => MathematicsBenchmark.Run,
    _ => null,
};

if (benchmark is null || models.Count == 0)
{
    Console.Error.WriteLine(
        "Usage: dotnet run -c Release --project benchmarks -- sgemm|decode|journal|train|layouts|shares|plan|memory|standstill|disk|azurite|allreduce|balance|code|mathematics [part of a model's name [ends of layouts' names…]]\n"
        + "   or: … control [number of silos…]\n"
        + "   or: … judge POLICY-FOLDER verifier|thinking [difficulty]");
    return 2;
}

benchmark();
return 0;
