namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>Reads a stream to its end and keeps the last of it.</summary>
internal static class StreamTail
{
    /// <returns>At most <paramref name="most"/> bytes; what had come by then where it was cancelled.</returns>
    public static async Task<byte[]> ReadAsync(Stream stream, int most, CancellationToken cancellationToken)
    {
        var kept = new List<byte>();
        var room = new byte[most];
        try
        {
            while (await stream.ReadAsync(room, cancellationToken) is > 0 and var count)
            {
                kept.AddRange(room.AsSpan(0, count));
                if (kept.Count > most)
                    kept.RemoveRange(0, kept.Count - most);
            }
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever wrote it is gone.
        }

        return [.. kept];
    }
}
