using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace SeedOrleans.Engine.Storage.Azure;

/// <summary>Blobs in a container of an Azure Storage account, or of its emulator.</summary>
/// <remarks>Retries and authentication are the client's. The container is made when it is first written to.</remarks>
public sealed class AzureBlobStore(BlobContainerClient container) : IBlobStore
{
    /// <summary>Names the write that made a blob, so that a retry whose first answer was lost knows its own work.</summary>
    private const string WriteId = "seedwrite";

    public string Place { get; } = container.Uri.GetLeftPart(UriPartial.Path);

    public Task<Blob?> ReadAsync(string name, CancellationToken cancellationToken) => DoAsync(
        name,
        async () =>
        {
            try
            {
                var answer = await Client(name).DownloadContentAsync(cancellationToken);
                return new Blob(answer.Value.Content.ToArray(), TagOf(answer.Value.Details.ETag));
            }
            catch (RequestFailedException missing) when (IsMissing(missing))
            {
                return null;
            }
        });

    public Task ReadRangeAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken) => DoAsync(
        name,
        async () =>
        {
            try
            {
                await RangeReader.ReadAsync(Client(name), offset, buffer, cancellationToken);
                return buffer.Length;
            }
            catch (RequestFailedException missing) when (IsMissing(missing))
            {
                throw BlobException.Missing(name, this);
            }
            catch (Exception past) when (past is EndOfStreamException or RequestFailedException { ErrorCode: "InvalidRange" })
            {
                var properties = await Client(name).GetPropertiesAsync(cancellationToken: cancellationToken);
                throw BlobException.TooShort(name, this, properties.Value.ContentLength, offset, buffer.Length);
            }
        });

    public Task<BlobTag> WriteAsync(string name, BlobContent content, CancellationToken cancellationToken) =>
        DoAsync(name, () => UploadAsync(name, content, NewWrite(), conditions: null, cancellationToken));

    public Task<BlobTag?> TryCreateAsync(string name, BlobContent content, CancellationToken cancellationToken) =>
        TryUploadAsync(name, content, new BlobRequestConditions { IfNoneMatch = ETag.All }, cancellationToken);

    public Task<BlobTag?> TryReplaceAsync(string name, BlobContent content, BlobTag expected, CancellationToken cancellationToken) =>
        TryUploadAsync(name, content, new BlobRequestConditions { IfMatch = new ETag(expected.Value) }, cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        DoAsync(name, async () => (await Client(name).DeleteIfExistsAsync(cancellationToken: cancellationToken)).Value);

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var pages = container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await DoAsync(prefix, () => TryMoveAsync(pages)))
            yield return new BlobEntry(pages.Current.Name, pages.Current.Properties.ContentLength ?? 0);
    }

    private static async Task<bool> TryMoveAsync(IAsyncEnumerator<BlobItem> pages)
    {
        try
        {
            return await pages.MoveNextAsync();
        }
        catch (RequestFailedException missing) when (IsMissing(missing))
        {
            return false;
        }
    }

    private BlockBlobClient Client(string name)
    {
        BlobName.Check(name);
        return container.GetBlockBlobClient(name);
    }

    private Task<BlobTag?> TryUploadAsync(string name, BlobContent content, BlobRequestConditions conditions, CancellationToken cancellationToken) => DoAsync(
        name,
        async () =>
        {
            var write = NewWrite();
            try
            {
                return (BlobTag?)await UploadAsync(name, content, write, conditions, cancellationToken);
            }
            catch (RequestFailedException conflict) when (conflict.Status is 409 or 412 || IsMissing(conflict))
            {
                return await FindOwnAsync(name, write, cancellationToken);
            }
        });

    private async Task<BlobTag> UploadAsync(
        string name, BlobContent content, Dictionary<string, string> write, BlobRequestConditions? conditions, CancellationToken cancellationToken)
    {
        var upload = new BlockUpload(Client(name), content, write, conditions);
        try
        {
            return TagOf(await upload.SendAsync(cancellationToken));
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            return TagOf(await upload.SendAsync(cancellationToken));
        }
    }

    private async Task<BlobTag?> FindOwnAsync(string name, Dictionary<string, string> write, CancellationToken cancellationToken)
    {
        try
        {
            var there = await Client(name).GetPropertiesAsync(cancellationToken: cancellationToken);
            return there.Value.Metadata.TryGetValue(WriteId, out var id) && id == write[WriteId] ? TagOf(there.Value.ETag) : null;
        }
        catch (RequestFailedException missing) when (IsMissing(missing))
        {
            return null;
        }
    }

    private static Dictionary<string, string> NewWrite() => new() { [WriteId] = Guid.NewGuid().ToString("n") };

    private static BlobTag TagOf(ETag tag) => new(tag.ToString());

    private static bool IsMissing(RequestFailedException failure) => failure.Status == 404;

    private async Task<T> DoAsync<T>(string name, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException { InnerException: RequestFailedException })
        {
            throw new BlobException($"The blob '{name}' in {Place}: {failure.Message.Split('\n')[0].TrimEnd()}", failure);
        }
    }
}
