using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Engine.Checkpointing;

/// <summary>Who has the last word on a checkpoint: whoever keeps it or whoever removes it, never both.</summary>
/// <remarks>
/// One small blob says which, and is changed only on condition that it still says what was read. A remover claims it before it deletes
/// anything, so a checkpoint is never removed under a pin that was granted, also when remover or pinner die anywhere. What cannot be
/// understood counts as a pin.
/// </remarks>
internal sealed class CheckpointHold(IBlobStore store, string blob)
{
    private enum Holder
    {
        Nobody,
        Pin,
        Remover,
    }

    /// <returns>False where the checkpoint is being removed.</returns>
    public Task<bool> TryPinAsync(CancellationToken cancellationToken) => TryTakeAsync(Holder.Pin, unless: Holder.Remover, cancellationToken);

    /// <summary>Repeating it is safe: a remover that died is gone on for.</summary>
    /// <returns>False where the checkpoint is pinned.</returns>
    public Task<bool> TryRemoveAsync(CancellationToken cancellationToken) => TryTakeAsync(Holder.Remover, unless: Holder.Pin, cancellationToken);

    /// <summary>Takes the pin away; a removal that has begun goes on.</summary>
    public Task UnpinAsync(CancellationToken cancellationToken) => TryTakeAsync(Holder.Nobody, unless: Holder.Remover, cancellationToken);

    /// <summary>Takes a removal back that has deleted nothing yet.</summary>
    public Task ReleaseAsync(CancellationToken cancellationToken) => TryTakeAsync(Holder.Nobody, unless: Holder.Pin, cancellationToken);

    /// <summary>The checkpoint is gone, and so is the question who holds it.</summary>
    public Task ForgetAsync(CancellationToken cancellationToken) => store.DeleteAsync(blob, cancellationToken);

    public async Task<bool> IsPinnedAsync(CancellationToken cancellationToken) => HolderIn(await store.ReadAsync(blob, cancellationToken)) == Holder.Pin;

    public async Task<bool> IsBeingRemovedAsync(CancellationToken cancellationToken) =>
        HolderIn(await store.ReadAsync(blob, cancellationToken)) == Holder.Remover;

    private async Task<bool> TryTakeAsync(Holder taker, Holder unless, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = await store.ReadAsync(blob, cancellationToken);
            var holder = HolderIn(now);
            if (holder == taker)
                return true;

            if (holder == unless)
                return false;

            var text = TextOf(taker).ToArray();
            if ((now is null
                ? await store.TryCreateAsync(blob, text, cancellationToken)
                : await store.TryReplaceAsync(blob, text, now.Tag, cancellationToken)) is not null)
                return true;
        }
    }

    private static Holder HolderIn(Blob? blob)
    {
        if (blob is null || blob.Content.AsSpan().SequenceEqual(TextOf(Holder.Nobody)))
            return Holder.Nobody;

        return blob.Content.AsSpan().SequenceEqual(TextOf(Holder.Remover)) ? Holder.Remover : Holder.Pin;
    }

    private static ReadOnlySpan<byte> TextOf(Holder holder) => holder switch
    {
        Holder.Nobody => "free\n"u8,
        Holder.Remover => "removing\n"u8,
        _ => "pinned\n"u8,
    };
}
