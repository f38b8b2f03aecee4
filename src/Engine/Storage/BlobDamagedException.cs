namespace SeedOrleans.Engine.Storage;

/// <summary>A blob does not hold what was written to it.</summary>
public sealed class BlobDamagedException(string name, IBlobStore store, string how)
    : BlobException($"The blob '{name}' in {store.Place} is damaged: {how}. Restore it from a copy of the store.");
