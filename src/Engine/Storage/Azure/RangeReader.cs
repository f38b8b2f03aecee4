using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace SeedOrleans.Engine.Storage.Azure;

/// <summary>Reads a byte range in parallel pieces of one unchanging blob.</summary>
internal static class RangeReader
{
    private const int PieceBytes = 32 << 20;
    private const int Parallel = 4;

    /// <exception cref="EndOfStreamException">The blob ends before the buffer is full.</exception>
    public static async Task ReadAsync(BlockBlobClient blob, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (buffer.IsEmpty)
            return;

        var pieces = (buffer.Length + PieceBytes - 1) / PieceBytes;
        var tag = await ReadPieceAsync(blob, offset, PieceOf(buffer, 0), conditions: null, cancellationToken);
        await System.Threading.Tasks.Parallel.ForAsync(
            1,
            pieces,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (piece, token) => await ReadPieceAsync(
                blob, offset + ((long)piece * PieceBytes), PieceOf(buffer, piece), new BlobRequestConditions { IfMatch = tag }, token));
    }

    private static Memory<byte> PieceOf(Memory<byte> buffer, int piece)
    {
        var start = piece * PieceBytes;
        return buffer.Slice(start, Math.Min(PieceBytes, buffer.Length - start));
    }

    private static async Task<ETag> ReadPieceAsync(
        BlockBlobClient blob, long offset, Memory<byte> piece, BlobRequestConditions? conditions, CancellationToken cancellationToken)
    {
        var options = new BlobDownloadOptions { Range = new HttpRange(offset, piece.Length), Conditions = conditions };
        using var answer = (await blob.DownloadStreamingAsync(options, cancellationToken)).Value;
        await answer.Content.ReadExactlyAsync(piece, cancellationToken);
        return answer.Details.ETag;
    }
}
