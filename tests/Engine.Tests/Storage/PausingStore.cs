using System.Runtime.CompilerServices;
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Engine.Tests.Storage;

/// <summary>A store that holds one call back until the test lets it go on, so that something else can come between.</summary>
/// <param name="at">Which call, counted from 1. A listing is one call.</param>
public sealed class PausingStore(IBlobStore inner, int at) : IBlobStore
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calls;

    public string Place => inner.Place;

    /// <summary>Ends when the call has come, and waits.</summary>
    public Task Reached => _reached.Task;

    public void GoOn() => _goesOn.TrySetResult();

    public async Task<Blob?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        await PauseAsync();
        return await inner.ReadAsync(name, cancellationToken);
    }

    public async Task ReadRangeAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await PauseAsync();
        await inner.ReadRangeAsync(name, offset, buffer, cancellationToken);
    }

    public async Task<BlobTag> WriteAsync(string name, BlobContent content, CancellationToken cancellationToken)
    {
        await PauseAsync();
        return await inner.WriteAsync(name, content, cancellationToken);
    }

    public async Task<BlobTag?> TryCreateAsync(string name, BlobContent content, CancellationToken cancellationToken)
    {
        await PauseAsync();
        return await inner.TryCreateAsync(name, content, cancellationToken);
    }

    public async Task<BlobTag?> TryReplaceAsync(string name, BlobContent content, BlobTag expected, CancellationToken cancellationToken)
    {
        await PauseAsync();
        return await inner.TryReplaceAsync(name, content, expected, cancellationToken);
    }

    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        await PauseAsync();
        await inner.DeleteAsync(name, cancellationToken);
    }

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await PauseAsync();
        await foreach (var entry in inner.ListAsync(prefix, cancellationToken))
            yield return entry;
    }

    private async Task PauseAsync()
    {
        if (Interlocked.Increment(ref _calls) != at)
            return;

        _reached.SetResult();
        await _goesOn.Task;
    }
}
