using System.Collections.Concurrent;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Storage;
using static TorchSharp.torch;

namespace SeedOrleans.Grains.Policies;

/// <summary>Brings policy versions to the silos that sample with them: from memory where they were made, from the store elsewhere, once a silo.</summary>
public sealed class PolicyStore(IBlobStore store, PolicySnapshots snapshots)
{
    /// <summary>A part of a blob: arrays end at 2 GiB where weights need not.</summary>
    private const int PartBytes = 256 << 20;

    private readonly ConcurrentDictionary<string, Lazy<Task>> _fetched = new();

    /// <summary>Writes a version that is in memory here.</summary>
    /// <returns>False where it is not.</returns>
    public async Task<bool> WriteAsync(string key, CancellationToken cancellationToken)
    {
        if (snapshots.TryLease(key) is not { } lease)
            return false;

        using (lease)
            await store.WriteAsync(NameOf(key), new BlobContent([.. PartsOf(lease.Weights.Flat), .. PartsOf(lease.Weights.RouterBias.view(-1))]), cancellationToken);

        return true;
    }

    /// <param name="share">Has the version written to the store; false where it is gone.</param>
    /// <returns>Null where the version is gone.</returns>
    public async Task<PolicyLease?> LeaseAsync(string key, ModelConfig config, Func<Task<bool>> share, CancellationToken cancellationToken)
    {
        if (snapshots.TryLease(key) is { } here)
            return here;

        var fetch = _fetched.GetOrAdd(key, _ => new Lazy<Task>(async () =>
        {
            if (await share())
                await FetchAsync(key, config);
        }));

        try
        {
            await fetch.Value.WaitAsync(cancellationToken);
        }
        catch
        {
            _fetched.TryRemove(key, out _);
            throw;
        }

        return snapshots.TryLease(key);
    }

    /// <summary>Forgets a version that was brought here; one that was made here stays until it is retired.</summary>
    public void Forget(string key)
    {
        if (_fetched.TryRemove(key, out _))
            snapshots.Remove(key);
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => store.DeleteAsync(NameOf(key), cancellationToken);

    private async Task FetchAsync(string key, ModelConfig config)
    {
        var layout = WeightLayout.Of(config);
        var weights = new ModelWeights(config, layout, empty([layout.Count], config.Dtype));
        try
        {
            var at = await ReadAsync(key, weights.Flat, 0);
            await ReadAsync(key, weights.RouterBias.view(-1), at);
        }
        catch
        {
            weights.Dispose();
            throw;
        }

        snapshots.Put(key, weights);
    }

    private async Task<long> ReadAsync(string key, Tensor target, long start)
    {
        var total = target.numel() * target.element_size();
        for (var at = 0L; at < total; at += PartBytes)
        {
            var part = new byte[Math.Min(PartBytes, total - at)];
            await store.ReadRangeAsync(NameOf(key), start + at, part, CancellationToken.None);
            CopyTo(part, target, at);
        }

        return start + total;
    }

    private static void CopyTo(byte[] part, Tensor target, long at)
    {
        using var guard = no_grad();
        using var stretch = target.narrow(0, at / target.element_size(), part.Length / target.element_size());
        part.CopyTo(stretch.bytes);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> PartsOf(Tensor tensor)
    {
        using var guard = no_grad();
        var step = PartBytes / tensor.element_size();
        for (var at = 0L; at < tensor.numel(); at += step)
        {
            using var stretch = tensor.narrow(0, at, Math.Min(step, tensor.numel() - at));
            yield return stretch.bytes.ToArray();
        }
    }

    private static string NameOf(string key) => $"policies/{BlobName.Segment(key)}";
}
