using System.Globalization;
using System.Text;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace SeedOrleans.Engine.Storage.Azure;

/// <summary>Sends content in one request where it is small, and as parallel blocks that one last request makes a blob where it is large.</summary>
internal sealed class BlockUpload(
    BlockBlobClient blob, BlobContent content, Dictionary<string, string> metadata, BlobRequestConditions? conditions)
{
    private const int OneRequestBytes = 32 << 20;
    private const int BlockBytes = 32 << 20;
    private const int Parallel = 4;

    /// <summary>The service checks every request's bytes. MD5, since that is what the emulator computes natively.</summary>
    private static readonly UploadTransferValidationOptions Checked = new() { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5 };

    public async Task<ETag> SendAsync(CancellationToken cancellationToken)
    {
        if (content.Length <= OneRequestBytes)
        {
            using var all = new PartsStream(content, 0, content.Length);
            var options = new BlobUploadOptions { Metadata = metadata, Conditions = conditions, TransferValidation = Checked };
            return (await blob.UploadAsync(all, options, cancellationToken)).Value.ETag;
        }

        var blocks = (int)((content.Length + BlockBytes - 1) / BlockBytes);
        await System.Threading.Tasks.Parallel.ForAsync(
            0, blocks, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken }, StageAsync);
        var commit = new CommitBlockListOptions { Metadata = metadata, Conditions = conditions };
        return (await blob.CommitBlockListAsync(Enumerable.Range(0, blocks).Select(IdOf), commit, cancellationToken)).Value.ETag;
    }

    private async ValueTask StageAsync(int block, CancellationToken cancellationToken)
    {
        var offset = (long)block * BlockBytes;
        using var part = new PartsStream(content, offset, Math.Min(BlockBytes, content.Length - offset));
        await blob.StageBlockAsync(IdOf(block), part, new BlockBlobStageBlockOptions { TransferValidation = Checked }, cancellationToken);
    }

    /// <summary>Of this write alone, so that two writers of one name never commit each other's blocks. Base64 of equal lengths, as the service asks.</summary>
    private string IdOf(int block) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(metadata.Values.Single() + block.ToString("d6", CultureInfo.InvariantCulture)));
}
