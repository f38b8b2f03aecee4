using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Planning.Devices;
using SeedOrleans.Engine.Planning.Layouts;
using SeedOrleans.Engine.Profiling;
using SeedOrleans.Engine.Tensors;
using SeedOrleans.Engine.Training;

namespace SeedOrleans.Benchmarks;

/// <summary>What plans are worth: predicted memory against the allocator's count, and the chosen layout against all others, trained.</summary>
internal static class PlanBenchmark
{
    private const int Rounds = 4, MostTokens = 8192, FewestParts = 4;

    /// <summary>Who takes so many times as long as the best in a first update is not tried again.</summary>
    private const double Hopeless = 1.4;

    public static void Run(IReadOnlyList<BenchmarkModel> models)
    {
        using var devices = new Devices(2);
        foreach (var model in models)
            devices.Run(1, _ => CompareMemory(model));

        var choices = new Table("model", "memory limit", "candidates", "chosen on paper", "of the best", "chosen by trial", "of the best", "best", "worst, of the best");
        foreach (var model in models)
        {
            var load = new UpdateLoad(model.Sequences, model.PromptTokens, model.SequenceTokens + 1 - model.PromptTokens);
            var pool = DevicePool.Cores(2);
            var free = Plan(model.Config, load, pool);
            var least = free.Ranked.Min(planned => planned.Memory.Total);
            var fastest = free.Best!.Memory.Total;
            foreach (var (name, bytes) in ((string, long)[])[("none", long.MaxValue), ("halfway", (least + fastest) / 2)])
            {
                var plan = bytes == long.MaxValue ? free : Plan(model.Config, load, pool with { Kind = pool.Kind with { MemoryGb = bytes / 1e9 / 0.92 } });
                Compare(model, name, load, plan, devices, choices);
            }
        }
    }

    /// <summary>Predicted peaks against what libtorch's allocator counted, for layouts of up to eight ranks, each alone.</summary>
    private static void CompareMemory(BenchmarkModel model)
    {
        var load = new UpdateLoad(model.Sequences, model.PromptTokens, model.SequenceTokens + 1 - model.PromptTokens);
        var plan = new LayoutPlanner(model.Config, load, DevicePool.Cores(8), new PlanBounds(2048, new MemorySpec())).Plan();
        List<double> ratios = [];
        foreach (var planned in plan.Ranked.Where(planned => planned.Candidate.Layout.Expert == 1 && !planned.Candidate.Memory.OffloadActivations).Index().Where(each => each.Index % 7 == 0).Select(each => each.Item).Take(40))
        {
            using var probe = new RankProbe(model.Config, RankMesh.Of(planned.Candidate.Layout), OptionsOf(planned.Candidate));
            probe.Update(model.PromptTokens, [.. Enumerable.Repeat(load.ResponseTokens, planned.Candidate.SequencesARank(load))], CancellationToken.None);
            ratios.Add(((double)planned.Memory.Total / probe.PeakBytes) - 1);
        }

        Console.WriteLine($"{model.Name}: predicted peaks of {ratios.Count} layouts are off by {ratios.Average(Math.Abs):P1} on average, and by {ratios.MinBy(ratio => -Math.Abs(ratio)):P1} at worst");
    }

    private static LayoutPlan Plan(ModelConfig config, UpdateLoad load, DevicePool pool) =>
        new LayoutPlanner(config, load, pool, new PlanBounds(MostTokens, new MemorySpec())).Plan();

    private static void Compare(BenchmarkModel model, string limit, UpdateLoad load, LayoutPlan plan, Devices devices, Table table)
    {
        // Offloading is as fast as the disk, and micro-batches of a few tokens are slow for all: both are left out.
        PlannedLayout[] all =
        [
            .. plan.Ranked.Where(planned => !planned.Candidate.Memory.OffloadOptimizer && !planned.Candidate.Memory.OffloadActivations),
        ];
        all = [.. all.Where(planned => planned.Candidate.MicroBatchTokens >= all.Max(other => other.Candidate.MicroBatchTokens) / FewestParts)];

        Dictionary<LayoutCandidate, double> seconds = [];
        foreach (var planned in all)
            seconds[planned.Candidate] = Measure(model, planned.Candidate, devices, seconds.Values.DefaultIfEmpty(double.MaxValue).Min());

        var best = seconds.MinBy(each => each.Value);
        var tried = new LayoutTrials(model.Config, load, DeviceCatalog.Find(DeviceKind.Core)!).Try(
            plan.Contenders.Where(planned => seconds.ContainsKey(planned.Candidate)).Take(8), TimeSpan.FromMinutes(2), CancellationToken.None)[0];
        var paper = all[0].Candidate;
        table.Add(
            model.Name, limit, Table.Number(all.Length), Name(paper), Table.Number(best.Value / seconds[paper]), Name(tried.Candidate),
            Table.Number(best.Value / seconds[tried.Candidate]), Name(best.Key), Table.Number(best.Value / seconds.Values.Max()));
    }

    /// <returns>Seconds of an update, all ranks at once.</returns>
    private static double Measure(BenchmarkModel model, LayoutCandidate candidate, Devices devices, double best)
    {
        using var training = new TrainingLoad(model, devices, RankMesh.Of(candidate.Layout), OptionsOf(candidate));
        training.Update();
        var shortest = training.Update().TotalSeconds;
        for (var round = 1; round < Rounds && shortest < Hopeless * best; round++)
            shortest = Math.Min(shortest, training.Update().TotalSeconds);

        return shortest;
    }

    private static RankTrainerOptions OptionsOf(LayoutCandidate candidate) =>
        new RankTrainerOptions { MicroBatchTokens = candidate.MicroBatchTokens }.Saving(candidate.Memory, new FileMemory(Path.GetTempPath()));

    private static string Name(LayoutCandidate candidate) =>
        $"{candidate.Layout.Data}·{candidate.Layout.Context}·{candidate.Layout.Tensor}/{candidate.Layout.Expert}, {candidate.MicroBatchTokens} tokens"
        + (candidate.Memory.RecomputeEvery > 0 ? $", recompute {candidate.Memory.RecomputeEvery}" : "")
        + (candidate.Memory.RecomputeActivations ? ", selective" : "")
        + (candidate.Memory.ReshardAfterForward ? ", reshard" : "");
}
