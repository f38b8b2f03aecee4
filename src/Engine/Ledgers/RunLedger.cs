using System.Runtime.CompilerServices;
using System.Text.Json;
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Engine.Ledgers;

/// <summary>The run's memory: a head that one incarnation at a time may move, and a record for every step.</summary>
/// <remarks>
/// Order of writes for a step: its trajectories (named by their hash), its record (created once, so that whoever comes second takes
/// it up instead of sampling again), the optimizer, then the head, replaced only if nobody replaced it. A step is committed when the
/// head says so.
/// </remarks>
/// <param name="folder">Of the run, in the store.</param>
public sealed class RunLedger(IBlobStore store, string folder)
{
    private readonly string _head = $"{folder}/ledger/head.json";
    private BlobTag? _tag;

    /// <summary>As this incarnation left it.</summary>
    public LedgerHead Head { get; private set; } = new();

    public async Task<LedgerHead> ReadHeadAsync(CancellationToken cancellationToken)
    {
        var blob = await store.ReadAsync(_head, cancellationToken);
        _tag = blob?.Tag;
        return Head = blob is null ? new LedgerHead() : Parse<LedgerHead>(blob.Content);
    }

    /// <summary>Takes the run over: from now on every older incarnation's commit fails.</summary>
    /// <returns>The new epoch.</returns>
    public async Task<long> TakeOverAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var head = await ReadHeadAsync(cancellationToken);
            if (await TryMoveAsync(head with { Epoch = head.Epoch + 1 }, cancellationToken))
                return Head.Epoch;
        }
    }

    /// <summary>Makes what the next step will do durable.</summary>
    /// <param name="content">The step's trajectories; <see cref="StepRecord.Content"/> is their hash.</param>
    /// <returns>The step's record: this one, or the one that somebody wrote before.</returns>
    public async Task<StepRecord> PrepareAsync(StepRecord record, byte[] content, CancellationToken cancellationToken)
    {
        await store.WriteAsync(ContentOf(record), content, cancellationToken);
        if (await store.TryCreateAsync(NameOf(record.Step), JsonSerializer.SerializeToUtf8Bytes(record, LedgerJson.Options), cancellationToken) is not null)
            return record;

        return await ReadStepAsync(record.Step, cancellationToken)
            ?? throw new BlobException($"The record of step {record.Step} in {store.Place} exists and cannot be read; look at {NameOf(record.Step)}.");
    }

    /// <returns>Null where the step was never prepared.</returns>
    public async Task<StepRecord?> ReadStepAsync(int step, CancellationToken cancellationToken) =>
        await store.ReadAsync(NameOf(step), cancellationToken) is { } blob ? Parse<StepRecord>(blob.Content) : null;

    /// <exception cref="BlobException">The trajectories are missing or are not what was written.</exception>
    public async Task<byte[]> ReadContentAsync(StepRecord record, CancellationToken cancellationToken)
    {
        var name = ContentOf(record);
        var blob = await store.ReadAsync(name, cancellationToken) ?? throw BlobException.Missing(name, store);
        return StepRecord.Hash(blob.Content) == record.Content
            ? blob.Content
            : throw new BlobException($"The blob '{name}' in {store.Place} is not what was written; restore it, or fork the run from a step before {record.Step}.");
    }

    /// <summary>Makes the step count. One conditional write.</summary>
    /// <exception cref="StaleEpochException">A newer incarnation took over; nothing was committed.</exception>
    public async Task CommitAsync(StepRecord record, string weightsHash, CancellationToken cancellationToken)
    {
        var mine = Head;
        if (record.Step != mine.Step + 1 || record.Previous != mine.Chain)
            throw new InvalidOperationException($"Step {record.Step} does not follow step {mine.Step} of {folder}.");

        var next = mine with
        {
            Step = record.Step,
            Chain = record.ChainAfter(weightsHash),
            WeightsHash = weightsHash,
            Consumed = mine.Consumed + record.Consumed,
            Dropped = mine.Dropped + record.Dropped.Values.Sum(),
        };

        if (await TryMoveAsync(next, cancellationToken))
            return;

        throw new StaleEpochException(folder, mine.Epoch, (await ReadHeadAsync(cancellationToken)).Epoch);
    }

    /// <summary>The committed steps' records after <paramref name="step"/>, in order.</summary>
    public async IAsyncEnumerable<StepRecord> ReadCommittedAsync(int step, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var next = step + 1; next <= Head.Step; next++)
            yield return await ReadStepAsync(next, cancellationToken)
                ?? throw new BlobException($"Step {next} of {folder} is committed and its record is missing from {store.Place}; restore it, or fork the run from a step before.");
    }

    private async Task<bool> TryMoveAsync(LedgerHead next, CancellationToken cancellationToken)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(next, LedgerJson.Options);
        var written = _tag is { } expected
            ? await store.TryReplaceAsync(_head, content, expected, cancellationToken)
            : await store.TryCreateAsync(_head, content, cancellationToken);
        if (written is null)
            return false;

        (_tag, Head) = (written, next);
        return true;
    }

    private string NameOf(int step) => $"{folder}/ledger/steps/{step:d8}.json";

    private string ContentOf(StepRecord record) => $"{folder}/ledger/trajectories/{record.Step:d8}-{record.Content[..16]}";

    private static T Parse<T>(byte[] content) =>
        JsonSerializer.Deserialize<T>(content, LedgerJson.Options) ?? throw new JsonException("An empty record.");
}
