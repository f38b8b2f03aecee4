namespace SeedOrleans.Client.Cluster;

/// <summary>Where a cluster is found: by one silo's gateway, or by the storage that all its silos share, which outlives any of them.</summary>
/// <param name="Gateway"><c>HOST:PORT</c>; null where the storage tells which silos live.</param>
/// <param name="Storage">A folder, or <c>azure:…</c>; with a gateway too, the silo there may wait while others die.</param>
internal sealed record ClusterPlace(string? Gateway, string? Storage, string ClusterId = ClusterPlace.DefaultClusterId)
{
    public const string DefaultClusterId = "seed";

    /// <summary>In words, without secrets.</summary>
    public override string ToString() => Gateway ?? NameOf(Storage!);

    /// <returns>A storage in words: a connection string holds a secret.</returns>
    public static string NameOf(string storage) =>
        storage.StartsWith("azure:", StringComparison.Ordinal) && !storage.StartsWith("azure:https:", StringComparison.Ordinal) ? "azure:…" : storage;
}
