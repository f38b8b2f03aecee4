using System.Diagnostics;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.GrainInterfaces.Training;
using SeedOrleans.Grains.Training;

namespace SeedOrleans.Benchmarks;

/// <summary>What a run's controller says to its ranks in one step, with the time of each part, in ms.</summary>
internal sealed class ControlStep(RankGroup ranks, IReadOnlyList<TrainingSequence> batch, OptimizerSpec optimizer)
{
    private PolicyVersion _version = PolicyVersion.Initial;

    public List<double> Whole { get; } = [];

    public List<double> Updates { get; } = [];

    public List<double> Hashes { get; } = [];

    public List<double> Publications { get; } = [];

    public async Task RunAsync()
    {
        var began = Stopwatch.GetTimestamp();
        await TimeAsync(Updates, () => ranks.UpdateAsync(TrainingPhase.Reinforcement, batch, optimizer, 1e-3, CancellationToken.None));
        await TimeAsync(Hashes, () => ranks.HashAsync(CancellationToken.None));
        await TimeAsync(Publications, PublishNextAsync);
        Whole.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    /// <summary>What was measured so far does not count.</summary>
    public void Forget()
    {
        foreach (var times in new[] { Whole, Updates, Hashes, Publications })
            times.Clear();
    }

    private async Task PublishNextAsync()
    {
        var old = _version;
        _version = _version.Next();
        await ranks.PublishAsync(_version, CancellationToken.None);
        await ranks.RetireAsync(old, CancellationToken.None);
    }

    private static async Task TimeAsync(List<double> times, Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }
}
