using System.Text.Json;
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Engine.Ledgers;

/// <summary>A sealed JSON document of the ledger.</summary>
internal static class LedgerDocument
{
    /// <summary>Compact and in the order of declaration, so that equal records have equal bytes.</summary>
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static byte[] ToBytes<T>(T document) => JsonSerializer.SerializeToUtf8Bytes(document, Options);

    public static byte[] Write<T>(T document) => Seal.Close(ToBytes(document));

    /// <exception cref="BlobDamagedException">It is not what was written.</exception>
    public static T Read<T>(byte[] content, string name, IBlobStore store) =>
        JsonSerializer.Deserialize<T>(Seal.Open(content, name, store).Span, Options) ?? throw new BlobDamagedException(name, store, "it is empty");
}
