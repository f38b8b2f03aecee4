namespace SeedOrleans.Engine.Storage;

/// <summary>A blob that should be there is not.</summary>
public sealed class BlobMissingException(string message) : BlobException(message);
