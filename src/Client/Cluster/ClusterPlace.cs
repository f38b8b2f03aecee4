namespace SeedOrleans.Client.Cluster;

/// <summary>Where a cluster is found: one silo's gateway, or the storage that all its silos share, which outlives any of them.</summary>
/// <param name="Gateway"><c>HOST:PORT</c>; null where <paramref name="Storage"/> is given.</param>
/// <param name="Storage">A folder, or <c>azure:…</c>.</param>
internal sealed record ClusterPlace(string? Gateway, string? Storage, string ClusterId = ClusterPlace.DefaultClusterId)
{
    public const string DefaultClusterId = "seed";

    /// <summary>In words, without secrets.</summary>
    public override string ToString() => Gateway
        ?? (Storage!.StartsWith("azure:", StringComparison.Ordinal) && !Storage.StartsWith("azure:https:", StringComparison.Ordinal) ? "azure:…" : Storage);
}
