using System.Net.Sockets;

namespace SeedOrleans.Client.Cluster;

/// <summary>Asks grains, again while nobody answers, and says in our words when nobody ever does.</summary>
/// <param name="address">The cluster, in words.</param>
/// <param name="patience">How long a question is asked again. Every question here may be asked twice.</param>
internal sealed class ClusterQuestions(string address, TimeSpan patience, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>A client is not told of the death of a silo that works on its question, so a quick one is asked anew after this.</summary>
    private static readonly TimeSpan QuickAnswer = TimeSpan.FromSeconds(3);

    /// <summary>For questions whose answer is at hand wherever the grain lives.</summary>
    public Task<TAnswer> AskQuicklyAsync<TAnswer>(Func<CancellationToken, Task<TAnswer>> question, CancellationToken cancellationToken) =>
        patience <= QuickAnswer
            ? AskAsync(question, cancellationToken)
            : AskAsync(
                async outer =>
                {
                    using var quick = CancellationTokenSource.CreateLinkedTokenSource(outer);
                    quick.CancelAfter(QuickAnswer);
                    try
                    {
                        return await question(quick.Token).WaitAsync(quick.Token);
                    }
                    catch (OperationCanceledException) when (!outer.IsCancellationRequested)
                    {
                        throw new TimeoutException($"no answer within {QuickAnswer.TotalSeconds:0} seconds");
                    }
                },
                cancellationToken);

    /// <summary>For questions whose answer takes as long as the grain's interface allows.</summary>
    public async Task<TAnswer> AskAsync<TAnswer>(Func<CancellationToken, Task<TAnswer>> question, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await question(cancellationToken);
            }
            catch (Exception exception) when (exception is OrleansException or TimeoutException or SocketException or ObjectDisposedException)
            {
                if (time.GetElapsedTime(begun) >= patience)
                    throw new ClusterUnreachableException(address, exception.Message.TrimEnd('.'), exception);
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    public Task TellAsync(Func<CancellationToken, Task> order, CancellationToken cancellationToken) => AskAsync(
        async token =>
        {
            await order(token);
            return true;
        },
        cancellationToken);
}
