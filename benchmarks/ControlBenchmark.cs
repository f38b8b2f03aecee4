using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Models;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.Grains.Placement;
using SeedOrleans.Grains.Training;

namespace SeedOrleans.Benchmarks;

/// <summary>What a step costs the controller of many ranks when their work is nothing: orders out, reports back, as a run's step gives and takes them.</summary>
/// <remarks>Every silo is a process of its own. The controller is alone on one more silo, which is this process, so that its own processor time shows.</remarks>
internal static class ControlBenchmark
{
    public const string OwnSilo = "controller";

    private const int Sequences = 512, PromptTokens = 32, ResponseTokens = 96;

    private const int WarmUp = 30, Steps = 300;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(12);

    private static readonly LayoutSpec[] Layouts =
        [new() { Data = 1 }, new() { Data = 25, Tensor = 4 }, new() { Data = 125, Tensor = 8 }, new() { Data = 500, Tensor = 8 }];

    public static async Task RunAsync(IReadOnlyList<int> clusters)
    {
        var table = new Table("silos, ranks", "start ms", "step ms", "worst", "update", "hash", "publish", "own CPU", "others'");
        foreach (var silos in clusters)
            await RunAsync(silos, table);
    }

    private static async Task RunAsync(int silos, Table table)
    {
        using var folder = new BenchmarkFolder();
        using var host = ControlSilo.Build(folder.Path, OwnSilo);
        await host.StartAsync();
        var others = Enumerable.Range(1, silos).Select(number => ControlSilo.Spawn(folder.Path, $"silo-{number}")).ToArray();
        try
        {
            var roster = host.Services.GetRequiredService<ISiloRoster>();
            while (roster.Living.Count(silo => silo.HasTold) <= silos)
                await Task.Delay(100);

            SiloAddress[] addresses = [.. roster.Living.Where(silo => silo.Name != OwnSilo).Select(silo => silo.Address)];
            foreach (var layout in Layouts)
                await MeasureAsync(host.Services.GetRequiredService<IGrainFactory>(), addresses, others, layout, table);
        }
        finally
        {
            foreach (var other in others)
            {
                other.StandardInput.Close();
                await other.WaitForExitAsync();
                other.Dispose();
            }

            await host.StopAsync();
        }
    }

    private static async Task MeasureAsync(IGrainFactory grains, SiloAddress[] silos, Process[] others, LayoutSpec layout, Table table)
    {
        var (spec, ranks) = (SpecOf(layout), layout.RankCount());
        var group = new RankGroup(grains, $"run-{ranks}", RunKeys.Policy, spec, new SequenceWorkload(BenchmarkModel.TinyDense.Config), epoch: 1);
        TrainingSequence[] batch = [.. Enumerable.Range(0, Sequences).Select(SequenceOf)];
        var began = Stopwatch.GetTimestamp();
        await group.StartAsync("", [.. Enumerable.Range(0, ranks).Select(rank => silos[rank % silos.Length])], CancellationToken.None);
        var starting = Stopwatch.GetElapsedTime(began);

        var step = new ControlStep(group, batch, spec.Training.Optimizer);
        for (var number = 0; number < WarmUp; number++)
            await step.RunAsync();

        step.Forget();
        var (own, theirs) = (Environment.CpuUsage.TotalTime, CpuOf(others));
        for (began = Stopwatch.GetTimestamp(); step.Whole.Count < Steps && Stopwatch.GetElapsedTime(began) < Longest;)
            await step.RunAsync();

        table.Add(
            $"{silos.Length}, {ranks:N0}", Table.Number(starting.TotalMilliseconds), Table.Number(Median(step.Whole)), Table.Number(step.Whole.Max()),
            Table.Number(Median(step.Updates)), Table.Number(Median(step.Hashes)), Table.Number(Median(step.Publications)),
            Table.Number((Environment.CpuUsage.TotalTime - own).TotalMilliseconds / step.Whole.Count),
            Table.Number((CpuOf(others) - theirs).TotalMilliseconds / step.Whole.Count));
        await group.StopAsync(CancellationToken.None);
    }

    private static TimeSpan CpuOf(IEnumerable<Process> processes)
    {
        var sum = TimeSpan.Zero;
        foreach (var process in processes)
        {
            process.Refresh();
            sum += process.TotalProcessorTime;
        }

        return sum;
    }

    private static RunSpec SpecOf(LayoutSpec layout) => new()
    {
        Name = "control",
        Model = new ModelSpec { Tokenizer = "characters", Shape = new ModelShape { HiddenSize = 256, Layers = 6, AttentionHeads = 8, KeyValueHeads = 4, IntermediateSize = 768, Context = 256 } },
        Data = new DataSpec { Train = [new DataSource { Task = "addition", Difficulty = 1, Count = 48 }] },
        Rollout = new RolloutSpec { MaxResponseTokens = ResponseTokens },
        Training = new TrainingSpec { Steps = Steps, PromptsPerStep = Sequences, GroupSize = 1, Optimizer = new OptimizerSpec { LearningRate = 1e-3 } },
        Layout = layout,
    };

    private static TrainingSequence SequenceOf(int number) => new()
    {
        PromptTokens = [.. Enumerable.Range(number, PromptTokens).Select(token => token % 8192)],
        ResponseTokens = [.. Enumerable.Range(number, ResponseTokens).Select(token => token * 7 % 8192)],
        TokenWeight = 1.0 / ResponseTokens,
        Advantage = number % 2 == 0 ? 1 : -1,
        RolloutLogProbs = [.. Enumerable.Range(number, ResponseTokens).Select(token => -1f / (1 + token))],
    };

    private static double Median(IEnumerable<double> times) => times.Order().ElementAt(times.Count() / 2);
}
