using System.Diagnostics;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Planning.Devices;
using SeedOrleans.Engine.Planning.Layouts;
using SeedOrleans.Engine.Planning.Memory;
using SeedOrleans.Engine.Tensors;
using SeedOrleans.Engine.Training;

namespace SeedOrleans.Engine.Profiling;

/// <summary>Tries planned layouts on the device at hand: a few layers of one rank, alone, and from them the time of all.</summary>
/// <remarks>Communication stays as it was planned. The optimizer's step is measured with the rest.</remarks>
public sealed class LayoutTrials(ModelConfig config, UpdateLoad load, DeviceKind device)
{
    private const int Repeats = 2;

    private readonly MemoryModel _memory = new(config);
    private readonly TimeModel _time = new(config, load, device);

    /// <param name="planned">Of this machine's cores.</param>
    /// <param name="patience">What is not tried by then stays out.</param>
    /// <returns>Those that were tried, fastest first; at least one.</returns>
    public IReadOnlyList<PlannedLayout> Try(IEnumerable<PlannedLayout> planned, TimeSpan patience, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        List<PlannedLayout> tried = [];
        foreach (var layout in planned)
        {
            if (tried.Count > 0 && Stopwatch.GetElapsedTime(start) > patience)
                break;

            tried.Add(layout with { Time = TimeOf(layout.Candidate, cancellationToken) });
        }

        return [.. tried.OrderBy(layout => layout.Time.Total)];
    }

    private TimeEstimate TimeOf(LayoutCandidate candidate, CancellationToken cancellationToken)
    {
        var rounds = candidate.SequencesARank(load) / (double)candidate.SequencesAtOnce(load);
        var few = Math.Min(2, config.Layers);
        var once = Measure(candidate, few, 1, cancellationToken);
        var twice = rounds > 1 ? Measure(candidate, few, 2, cancellationToken) : 2 * once;
        var layer = config.Layers > few ? once - Measure(candidate, 1, 1, cancellationToken) : 0;

        // All layers once, and each further micro-batch in proportion to what it added to a few.
        var all = once + (layer * (config.Layers - few));
        var further = all * (twice - once) / once;
        var compute = all + (further * (rounds - 1));
        var even = candidate.Evenness(load);
        var shard = _memory.ShardOf(RankMesh.Of(candidate.Layout));
        return new TimeEstimate(compute * even, _time.Communication(candidate, shard, further), compute * (1 - even), 0);
    }

    /// <returns>Seconds of an update of a model with so many layers and so many micro-batches.</returns>
    private double Measure(LayoutCandidate candidate, int layers, int rounds, CancellationToken cancellationToken)
    {
        using var files = new TemporaryFiles();
        var few = config with { Layers = layers, MlpOnlyLayers = [.. config.MlpOnlyLayers.Where(layer => layer < layers)] };
        using var probe = new RankProbe(few, RankMesh.Of(candidate.Layout),
            new RankTrainerOptions { MicroBatchTokens = candidate.MicroBatchTokens }.Saving(candidate.Memory, files.Memory));
        int[] responses = [.. Enumerable.Repeat(load.ResponseTokens, candidate.SequencesAtOnce(load) * rounds)];
        probe.Update(load.PromptTokens, responses, cancellationToken);
        return Enumerable.Range(0, Repeats).Min(_ => probe.Update(load.PromptTokens, responses, cancellationToken).TotalSeconds);
    }

    /// <summary>A folder for what is offloaded, and its end.</summary>
    private sealed class TemporaryFiles : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("seed-plan-");

        public FileMemory Memory => new(_folder.FullName);

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
