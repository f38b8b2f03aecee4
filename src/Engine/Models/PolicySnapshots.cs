using System.Collections.Concurrent;

namespace SeedOrleans.Engine.Models;

/// <summary>The policy versions in this process's memory, so that trainers and samplers share weights without copying them through messages.</summary>
/// <remarks>Owns them. A version that is removed leaves memory when the last lease on it has ended, whoever removed it.</remarks>
public sealed class PolicySnapshots : IDisposable
{
    private readonly ConcurrentDictionary<string, SharedWeights> _versions = new();

    /// <summary>Takes over <paramref name="weights"/> and packs them for sampling; what was there under the same key is removed.</summary>
    public void Put(string key, ModelWeights weights)
    {
        Remove(key);
        _versions[key] = new SharedWeights(weights.Pack());
    }

    public bool Contains(string key) => _versions.ContainsKey(key);

    /// <returns>Weights that stay whole until the lease is disposed; null where they are not, or no longer, here.</returns>
    public PolicyLease? TryLease(string key) => _versions.TryGetValue(key, out var shared) ? shared.TryLease() : null;

    public void Remove(string key)
    {
        if (_versions.TryRemove(key, out var shared))
            shared.Release();
    }

    /// <summary>Removes everything whose key begins with <paramref name="prefix"/>.</summary>
    public void RemoveAll(string prefix)
    {
        foreach (var key in _versions.Keys)
            if (key.StartsWith(prefix, StringComparison.Ordinal))
                Remove(key);
    }

    public void Dispose() => RemoveAll("");
}
