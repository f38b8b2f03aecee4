namespace SeedOrleans.Engine.Storage;

/// <summary>A store could not do as asked; the message names the blob, the store and the way out.</summary>
public class BlobException(string message, Exception? cause = null) : IOException(message, cause)
{
    public static BlobMissingException Missing(string name, IBlobStore store) => new($"There is no blob '{name}' in {store.Place}.");

    public static BlobException TooShort(string name, IBlobStore store, long length, long offset, int count) =>
        new($"The blob '{name}' in {store.Place} has {length} bytes; {count} were to be read from byte {offset} on. It is cut short or damaged.");
}
