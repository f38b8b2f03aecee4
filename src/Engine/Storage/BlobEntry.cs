namespace SeedOrleans.Engine.Storage;

/// <param name="Length">Bytes.</param>
public sealed record BlobEntry(string Name, long Length);
