using Orleans.Storage;
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Providers.GrainStorage;

/// <summary>Grain state as blobs; the tag of the blob is the etag of the state, so that a zombie activation writes nothing.</summary>
/// <remarks>State that was cleared is an empty blob: its name remembers that older etags are void.</remarks>
internal sealed class BlobGrainStorage(IBlobStore store, string folder, IGrainStorageSerializer serializer) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var name = NameOf(stateName, grainId);
        var blob = await store.ReadAsync(name, CancellationToken.None);
        grainState.ETag = blob?.Tag.Value;
        grainState.RecordExists = blob is { Content.Length: > 0 };
        grainState.State = grainState.RecordExists ? serializer.Deserialize<T>(new BinaryData(Seal.Open(blob!.Content, name, store))) : Activator.CreateInstance<T>();
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await WriteAsync(stateName, grainId, grainState, Seal.Close(serializer.Serialize(grainState.State).ToMemory().Span));
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await WriteAsync(stateName, grainId, grainState, default);
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
    }

    private async Task WriteAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, ReadOnlyMemory<byte> content)
    {
        var name = NameOf(stateName, grainId);
        var written = grainState.ETag is { } etag
            ? await store.TryReplaceAsync(name, content, new BlobTag(etag), CancellationToken.None)
            : await store.TryCreateAsync(name, content, CancellationToken.None);
        grainState.ETag = written?.Value ?? throw await ConflictAsync(name, grainState.ETag);
    }

    private async Task<InconsistentStateException> ConflictAsync(string name, string? expected) => new(
        $"The state '{name}' in {store.Place} was written by somebody else since this activation read it.",
        (await store.ReadAsync(name, CancellationToken.None))?.Tag.Value,
        expected);

    private string NameOf(string stateName, GrainId grainId) =>
        $"{folder}/grains/{BlobName.Segment(grainId.Type.ToString()!)}/{BlobName.Segment(grainId.Key.ToString()!)}/{BlobName.Segment(stateName)}";
}
