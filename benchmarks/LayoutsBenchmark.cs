using System.Diagnostics;
using SeedOrleans.Engine.Models.Parallel;
using SeedOrleans.Engine.Models.Sharding;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Training;

namespace SeedOrleans.Benchmarks;

/// <summary>What laying the same update out over ranks costs: on two cores four ranks can be no faster than two, only not much slower.</summary>
internal static class LayoutsBenchmark
{
    private const int Rounds = 4;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(2);

    /// <param name="parts">Of layouts' names; all are measured if there are none.</param>
    public static void Run(IReadOnlyList<BenchmarkModel> models, IReadOnlyList<string> parts)
    {
        using var devices = new Devices(4);
        var table = new Table("layout", "model", "tokens/s", "of 1 rank", "of 2 data");
        foreach (var model in models)
        {
            (string Name, RankMesh Mesh, RankTrainerOptions Options)[] layouts =
            [
                ("1 rank", new RankMesh(), new RankTrainerOptions()),
                ("data 2", new RankMesh(data: 2), new RankTrainerOptions()),
                ("data 4", new RankMesh(data: 4), new RankTrainerOptions()),
                ("data 4, resharding", new RankMesh(data: 4), new RankTrainerOptions { ReshardAfterForward = true }),
                ("data 4, recomputing all", new RankMesh(data: 4), new RankTrainerOptions { Recomputation = Recomputation.All }),
                ("data 2, tensor 2", new RankMesh(data: 2, tensor: 2), new RankTrainerOptions()),
                ("data 2, context 2", new RankMesh(data: 2, context: 2), new RankTrainerOptions()),
                ("context 2, tensor 2", new RankMesh(context: 2, tensor: 2), new RankTrainerOptions()),
                ("data 4, expert 4", new RankMesh(data: 4, expert: 4), new RankTrainerOptions()),
            ];
            layouts = [.. layouts.Where(layout => ShardPlan.Problems(model.Config, layout.Mesh).Count == 0 && (parts.Count == 0 || parts.Any(layout.Name.EndsWith)))];

            // All of them in turn, again and again: a slow minute of the machine meets all.
            var loads = layouts.Select(layout => new TrainingLoad(model, devices, layout.Mesh, layout.Options)).ToArray();
            var speeds = loads.Select(_ => new List<double>()).ToArray();
            foreach (var load in loads)
                load.Update();

            for (var round = 0; round < Rounds; round++)
                foreach (var (place, load) in loads.Index())
                    speeds[place].Add(Speed(load));

            foreach (var (place, layout) in layouts.Index())
                table.Add(layout.Name, model.Name, Table.Number(speeds[place].Average()), Ratio(place, 0), Ratio(place, 1));

            foreach (var load in loads)
                load.Dispose();

            string Ratio(int place, int of) => Table.Number(speeds[place].Zip(speeds[of], (mine, theirs) => mine / theirs).Order().ElementAt(Rounds / 2));
        }
    }

    private static double Speed(TrainingLoad load)
    {
        var (updates, start) = (0, Stopwatch.GetTimestamp());
        for (; Stopwatch.GetElapsedTime(start) < Time; updates++)
            load.Update();

        return updates * load.Tokens / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
