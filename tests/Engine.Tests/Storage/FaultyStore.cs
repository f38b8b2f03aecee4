using System.Runtime.CompilerServices;
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Engine.Tests.Storage;

/// <summary>A store on which one call goes wrong, in one of the ways that <see cref="Fault"/> lists.</summary>
/// <remarks>
/// A test runs its scenario with <paramref name="at"/> = 1, 2, 3 … until <see cref="HasStruck"/> stays false: then every call has been
/// hit. After a crash every further call dies too; whoever comes after the process reads from <paramref name="inner"/>.
/// </remarks>
/// <param name="at">Which call, counted from 1. A listing is one call.</param>
public sealed class FaultyStore(IBlobStore inner, Fault fault, int at) : IBlobStore
{
    /// <summary>Turns that a delayed call lets others have.</summary>
    private const int Overtaking = 1000;

    private int _calls;
    private volatile bool _isDead;

    public string Place => inner.Place;

    /// <summary>The scenario came as far as the call.</summary>
    public bool HasStruck => _calls >= at;

    /// <summary>Runs a scenario with each fault at each of its calls.</summary>
    /// <param name="scenario">Is told the fault and the call, and returns the store that it ran on.</param>
    /// <returns>Faults that struck.</returns>
    public static async Task<int> AtEveryCallAsync(IEnumerable<Fault> faults, Func<Fault, int, Task<FaultyStore>> scenario)
    {
        var struck = 0;
        foreach (var fault in faults)
            for (var at = 1; (await scenario(fault, at)).HasStruck; at++)
                struck++;

        return struck;
    }

    public Task<Blob?> ReadAsync(string name, CancellationToken cancellationToken) => ReadCallAsync(
        name, 0, () => inner.ReadAsync(name, cancellationToken), blob => blob is null ? null : blob with { Content = Flipped(blob.Content, blob.Content.Length / 2) });

    public Task ReadRangeAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken) => ReadCallAsync(
        name,
        offset,
        async () =>
        {
            await inner.ReadRangeAsync(name, offset, buffer, cancellationToken);
            return buffer;
        },
        read =>
        {
            Flipped(read.ToArray(), read.Length / 2).CopyTo(read);
            return read;
        });

    public Task<BlobTag> WriteAsync(string name, BlobContent content, CancellationToken cancellationToken) =>
        WriteCallAsync(name, content, changed => inner.WriteAsync(name, changed, cancellationToken), () => throw Refused(409));

    public Task<BlobTag?> TryCreateAsync(string name, BlobContent content, CancellationToken cancellationToken) =>
        WriteCallAsync(name, content, changed => inner.TryCreateAsync(name, changed, cancellationToken), () => null);

    public Task<BlobTag?> TryReplaceAsync(string name, BlobContent content, BlobTag expected, CancellationToken cancellationToken) =>
        WriteCallAsync(name, content, changed => inner.TryReplaceAsync(name, changed, expected, cancellationToken), () => null);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => WriteCallAsync(
        name,
        default,
        async _ =>
        {
            await inner.DeleteAsync(name, cancellationToken);
            return true;
        },
        () => throw Refused(409));

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var entries = await ReadCallAsync(
            name: null, 0, async () => await inner.ListAsync(prefix, cancellationToken).ToListAsync(cancellationToken), entries => entries);

        foreach (var entry in entries)
            yield return entry;
    }

    private async Task<T> ReadCallAsync<T>(string? name, long offset, Func<Task<T>> read, Func<T, T> flip)
    {
        switch (Strike())
        {
            case Fault.CrashBefore:
                throw Die();
            case Fault.CrashAfter:
                await read();
                throw Die();
            case Fault.Duplicate:
                await read();
                return await read();
            case Fault.Delay:
                await LetOthersPassAsync();
                return await read();
            case Fault.FlipOnRead:
                return flip(await read());
            case Fault.FlipAtRest when name is not null:
                await FlipAtRestAsync(name, offset);
                return await read();
            case Fault.Missing when name is not null:
                await inner.DeleteAsync(name, CancellationToken.None);
                return await read();
            case Fault.Unavailable:
                throw Refused(503);
            default:
                return await read();
        }
    }

    private async Task<T> WriteCallAsync<T>(string name, BlobContent content, Func<BlobContent, Task<T>> write, Func<T> conflict)
    {
        var bytes = content.Parts.SelectMany(part => part.ToArray()).ToArray();
        switch (Strike())
        {
            case Fault.CrashBefore:
                throw Die();
            case Fault.CrashAfter:
                await write(content);
                throw Die();
            case Fault.Duplicate:
                var answer = await write(content);
                await write(content);
                return answer;
            case Fault.Delay:
                await LetOthersPassAsync();
                return await write(content);
            case Fault.TornWrite:
                return await write(bytes[..(bytes.Length / 2)]);
            case Fault.TornCrash:
                await write(bytes[..(bytes.Length / 2)]);
                throw Die();
            case Fault.FlipAtRest:
                return await write(Flipped(bytes, bytes.Length / 2));
            case Fault.Missing:
                var acknowledged = await write(content);
                await inner.DeleteAsync(name, CancellationToken.None);
                return acknowledged;
            case Fault.Conflict:
                return conflict();
            case Fault.Unavailable:
                throw Refused(503);
            default:
                return await write(content);
        }
    }

    private Fault? Strike()
    {
        if (_isDead)
            throw new ProcessDiedException();

        return Interlocked.Increment(ref _calls) == at ? fault : null;
    }

    private ProcessDiedException Die()
    {
        _isDead = true;
        return new ProcessDiedException();
    }

    private async Task FlipAtRestAsync(string name, long offset)
    {
        if (await inner.ReadAsync(name, CancellationToken.None) is { } blob)
            await inner.WriteAsync(name, Flipped(blob.Content, offset == 0 ? blob.Content.Length / 2 : (int)offset), CancellationToken.None);
    }

    private static async Task LetOthersPassAsync()
    {
        for (var turn = 0; turn < Overtaking; turn++)
            await Task.Yield();
    }

    /// <summary>One bit, another one at each byte.</summary>
    private static byte[] Flipped(byte[] bytes, int place)
    {
        var flipped = (byte[])bytes.Clone();
        if (flipped.Length > 0)
            flipped[place] ^= (byte)(1 << (place % 8));

        return flipped;
    }

    private static BlobException Refused(int status) => new($"The store answered {status}, as the test wants.");
}
