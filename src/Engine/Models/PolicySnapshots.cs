using System.Collections.Concurrent;

namespace SeedOrleans.Engine.Models;

/// <summary>The policy versions in this process's memory, so that trainers and samplers share weights without copying them through messages.</summary>
/// <remarks>Owns them. Who may still use a version is the version's actor's business.</remarks>
public sealed class PolicySnapshots : IDisposable
{
    private readonly ConcurrentDictionary<string, ModelWeights> _weights = new();

    /// <summary>Takes over <paramref name="weights"/> and packs them for sampling; what was there under the same key is freed.</summary>
    public void Put(string key, ModelWeights weights)
    {
        Remove(key);
        _weights[key] = weights.Pack();
    }

    /// <returns>Null where they are not, or no longer, here.</returns>
    public ModelWeights? Find(string key) => _weights.GetValueOrDefault(key);

    public void Remove(string key)
    {
        if (_weights.TryRemove(key, out var weights))
            weights.Dispose();
    }

    /// <summary>Frees everything whose key begins with <paramref name="prefix"/>.</summary>
    public void RemoveAll(string prefix)
    {
        foreach (var key in _weights.Keys)
            if (key.StartsWith(prefix, StringComparison.Ordinal))
                Remove(key);
    }

    public void Dispose() => RemoveAll("");
}
