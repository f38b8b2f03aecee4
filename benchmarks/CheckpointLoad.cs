using System.Collections.Immutable;
using System.Diagnostics;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Benchmarks;

/// <summary>Two ranks' state, copied and saved as a run does it.</summary>
internal sealed class CheckpointLoad(IBlobStore store, TrainingLoad training, Devices pair)
{
    private const int Kept = 2;

    private readonly CheckpointStore _checkpoints = new(store, "checkpoints");
    private int _step;

    /// <summary>The two ranks copy their shares out of the tensors, at once.</summary>
    public CopiedPieces[] Copy(out TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        var copies = Task.WhenAll(BeginCopy(out _)).GetAwaiter().GetResult();
        time = Stopwatch.GetElapsedTime(start);
        return copies;
    }

    /// <summary>The two ranks begin to copy.</summary>
    /// <param name="time">Until both go on.</param>
    public Task<CopiedPieces>[] BeginCopy(out TimeSpan time)
    {
        var copies = new Task<CopiedPieces>[2];
        time = pair.Run(2, rank => copies[rank] = training.Ranks[rank].CopyStateAsync());
        return copies;
    }

    /// <summary>Writes the ranks' files at once, commits, and removes what is beyond retention.</summary>
    public async Task<CheckpointManifest> SaveAsync(CopiedPieces[] copies)
    {
        var manifest = new CheckpointManifest
        {
            Format = CheckpointManifest.CurrentFormat,
            ColdStartSteps = 0,
            Step = Interlocked.Increment(ref _step),
            Updates = 0,
            Cursor = 0,
            Chain = "",
            WeightsHash = "",
            Ranks = 2,
            Tensors = ImmutableSortedDictionary<string, TensorRecord>.Empty,
        };
        var written = await Task.WhenAll(copies.Select((copy, rank) => Task.Run(async () =>
        {
            using (copy)
                return await _checkpoints.WriteShardAsync(CheckpointStore.NameOf(manifest), $"r{rank}.safetensors", copy.Pieces, CancellationToken.None);
        })));

        manifest = manifest with { Tensors = CheckpointStore.Merge(written.SelectMany(part => part)) };
        await _checkpoints.TryCommitAsync(manifest, CancellationToken.None);
        return manifest;
    }

    public Task CollectAsync() => _checkpoints.CollectGarbageAsync(Kept, _ => false, CancellationToken.None);

    /// <summary>One rank loads everything into its tensors.</summary>
    public Task LoadAsync(CheckpointManifest manifest) => training.Ranks[0].LoadAsync(_checkpoints, manifest, CancellationToken.None);
}
