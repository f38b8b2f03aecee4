namespace SeedOrleans.Engine.Storage;

/// <summary>A blob's bytes and the tag to replace them by.</summary>
public sealed record Blob(byte[] Content, BlobTag Tag);
