using System.Runtime.CompilerServices;
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Engine.Tests.Storage;

/// <summary>One client's way to a store, on which every operation waits until the test lets it go on: so that any two clients interleave as the test will.</summary>
/// <param name="isFenced">False writes whatever the conditions say: the mutation that a checker must notice.</param>
internal sealed class SteppedStore(IBlobStore store, bool isFenced = true) : IBlobStore
{
    private TaskCompletionSource _next = new();
    private TaskCompletionSource _arrived = new();
    private bool _isDead;

    public string Place => store.Place;

    /// <summary>Completes when an operation waits to go on.</summary>
    public Task Waiting => _arrived.Task;

    /// <summary>Lets the waiting operation happen.</summary>
    public void Release()
    {
        var next = _next;
        (_next, _arrived) = (new TaskCompletionSource(), new TaskCompletionSource());
        next.SetResult();
    }

    /// <summary>This client never comes so far as its next operation.</summary>
    public void Die()
    {
        _isDead = true;
        _next.TrySetResult();
    }

    public Task<Blob?> ReadAsync(string name, CancellationToken cancellationToken) => StepAsync(() => store.ReadAsync(name, cancellationToken));

    public Task ReadRangeAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken) => StepAsync(async () =>
    {
        await store.ReadRangeAsync(name, offset, buffer, cancellationToken);
        return true;
    });

    public Task<BlobTag> WriteAsync(string name, BlobContent content, CancellationToken cancellationToken) =>
        StepAsync(() => store.WriteAsync(name, content, cancellationToken));

    public Task<BlobTag?> TryCreateAsync(string name, BlobContent content, CancellationToken cancellationToken) => StepAsync(async () =>
        isFenced ? await store.TryCreateAsync(name, content, cancellationToken) : await store.WriteAsync(name, content, cancellationToken));

    public Task<BlobTag?> TryReplaceAsync(string name, BlobContent content, BlobTag expected, CancellationToken cancellationToken) => StepAsync(async () =>
        isFenced ? await store.TryReplaceAsync(name, content, expected, cancellationToken) : await store.WriteAsync(name, content, cancellationToken));

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => StepAsync(async () =>
    {
        await store.DeleteAsync(name, cancellationToken);
        return true;
    });

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await StepAsync(() => Task.FromResult(true));
        await foreach (var entry in store.ListAsync(prefix, cancellationToken))
            yield return entry;
    }

    private async Task<T> StepAsync<T>(Func<Task<T>> operation)
    {
        var next = _next.Task;
        _arrived.TrySetResult();
        await next;
        return _isDead ? throw new ClientDiedException() : await operation();
    }

    public sealed class ClientDiedException : Exception;
}
