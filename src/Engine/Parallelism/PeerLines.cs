namespace SeedOrleans.Engine.Parallelism;

/// <summary>Draws the lines from one rank to all others: it connects to those before it, and those after it connect to it.</summary>
internal static class PeerLines
{
    /// <param name="members">What to call each rank, by rank.</param>
    /// <param name="over">Cancelled when a newer epoch begins.</param>
    /// <returns>By rank; null at <paramref name="rank"/>.</returns>
    /// <exception cref="PeerLostException">Not all lines could be drawn, for the first reason there was.</exception>
    public static async Task<PeerLine?[]> ConnectAsync(
        PeerListener listener, GroupName name, int rank, IReadOnlyList<string> endPoints, IReadOnlyList<int> members, TimeSpan patience,
        CancellationToken over, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, over);
        end.CancelAfter(patience);
        Exception? first = null;
        var tensors = endPoints.Select((_, peer) => DrawAsync(peer, LineUse.Tensors)).ToArray();
        var notices = endPoints.Select((_, peer) => DrawAsync(peer, LineUse.Notices)).ToArray();
        await Task.WhenAll(tensors.Concat(notices));

        if (first is null)
            return [.. endPoints.Select((_, peer) => peer == rank ? null : new PeerLine(members[peer], tensors[peer].Result!, notices[peer].Result!))];

        foreach (var connection in tensors.Concat(notices))
            connection.Result?.Dispose();

        cancellationToken.ThrowIfCancellationRequested();
        throw over.IsCancellationRequested ? listener.Epochs.WhyOver(name)
            : first as PeerLostException ?? new PeerLostException($"Not all ranks of {name} came within {patience.TotalSeconds:0} seconds.{listener.Refusal}", first);

        async Task<PeerConnection?> DrawAsync(int peer, LineUse use)
        {
            try
            {
                return peer == rank ? null
                    : peer < rank ? await listener.ConnectAsync(endPoints[peer], new Greeting(name, rank, peer, use), end.Token)
                    : await listener.AcceptAsync(new Greeting(name, peer, rank, use), end.Token);
            }
            catch (Exception failure) when (failure is PeerLostException or OperationCanceledException)
            {
                // One missing line is enough; nobody waits for the others.
                Interlocked.CompareExchange(ref first, failure, null);
                end.Cancel();
                return null;
            }
        }
    }
}
