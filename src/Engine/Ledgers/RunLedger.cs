using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using SeedOrleans.Domain.Specs;
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
    private readonly LedgerNames _names = new(folder);
    private BlobTag? _tag;

    /// <summary>As this incarnation left it.</summary>
    public LedgerHead Head { get; private set; } = new();

    /// <remarks>A head that is damaged or lost is made anew from the records, one step back at most: that step is computed again, to the same bits.</remarks>
    public async Task<LedgerHead> ReadHeadAsync(CancellationToken cancellationToken)
    {
        var blob = await store.ReadAsync(_names.Head, cancellationToken);
        _tag = blob?.Tag;
        try
        {
            if (blob is not null)
                return Head = LedgerDocument.Read<LedgerHead>(blob.Content, _names.Head, store);
        }
        catch (BlobDamagedException)
        {
            // As if it were not there.
        }

        return Head = await new LedgerRebuild(store, _names).RunAsync(cancellationToken);
    }

    /// <returns>The epoch that the store knows; <see cref="Head"/> stays what it is.</returns>
    public async Task<long> FindEpochAsync(CancellationToken cancellationToken) =>
        (await new RunLedger(store, folder).ReadHeadAsync(cancellationToken)).Epoch;

    /// <summary>Takes the run over: from now on every older incarnation's commit fails.</summary>
    /// <returns>The new epoch.</returns>
    public async Task<long> TakeOverAsync(CancellationToken cancellationToken)
    {
        while (!await TryMoveAsync(Next(await ReadHeadAsync(cancellationToken)), cancellationToken))
        {
        }

        return Head.Epoch;
    }

    /// <summary>Begins the ledger of a run that starts from another's state.</summary>
    /// <param name="origin">The other run's head at that state.</param>
    /// <exception cref="StaleEpochException">A newer incarnation took over; nothing was written.</exception>
    public Task SeedAsync(LedgerHead origin, CancellationToken cancellationToken) =>
        MoveAsync(origin with { Epoch = Head.Epoch, Branches = [new LedgerBranch(0, origin.Step + 1)], Ending = null }, cancellationToken);

    /// <summary>Makes what the next step will do durable.</summary>
    /// <param name="content">The step's trajectories; <see cref="StepRecord.Content"/> is their hash.</param>
    /// <returns>The step's record: this one, or the one that somebody wrote before.</returns>
    public async Task<StepRecord> PrepareAsync(StepRecord record, byte[] content, CancellationToken cancellationToken)
    {
        await store.WriteAsync(_names.Content(record), content, cancellationToken);
        var name = NameOf(record.Step);
        var document = LedgerDocument.Write(record);
        while (await store.TryCreateAsync(name, document, cancellationToken) is null)
            if (await store.ReadAsync(name, cancellationToken) is { } there)
                try
                {
                    return LedgerDocument.Read<StepRecord>(there.Content, name, store);
                }
                catch (BlobDamagedException)
                {
                    // Nothing counts on a record before its step is committed.
                    if (await store.TryReplaceAsync(name, document, there.Tag, cancellationToken) is not null)
                        break;
                }

        return record;
    }

    /// <returns>Null where the step was never prepared, or where a record that nothing counts on is damaged.</returns>
    /// <exception cref="BlobDamagedException">The step is committed and its record is not what was written.</exception>
    public async Task<StepRecord?> ReadStepAsync(int step, CancellationToken cancellationToken)
    {
        if (Head.BranchOf(step) is not { } branch || await store.ReadAsync(_names.Step(branch, step), cancellationToken) is not { } blob)
            return null;

        try
        {
            return LedgerDocument.Read<StepRecord>(blob.Content, _names.Step(branch, step), store);
        }
        catch (BlobDamagedException) when (step > Head.Step)
        {
            return null;
        }
    }

    /// <exception cref="BlobException">The trajectories are missing or are not what was written.</exception>
    public async Task<byte[]> ReadContentAsync(StepRecord record, CancellationToken cancellationToken)
    {
        var name = _names.Content(record);
        var blob = await store.ReadAsync(name, cancellationToken) ?? throw BlobException.Missing(name, store);
        return StepRecord.Hash(blob.Content) == record.Content
            ? blob.Content
            : throw new BlobDamagedException(name, store, $"its hash is not what the record of step {record.Step} says");
    }

    /// <summary>Makes the step count. One conditional write.</summary>
    /// <exception cref="StaleEpochException">A newer incarnation took over; nothing was committed.</exception>
    public Task CommitAsync(StepRecord record, string weightsHash, CancellationToken cancellationToken)
    {
        var mine = Head;
        if (record.Step != mine.Step + 1 || record.Previous != mine.Chain)
            throw new InvalidOperationException($"Step {record.Step} does not follow step {mine.Step} of {folder}.");

        return MoveAsync(After(mine, record, weightsHash), cancellationToken);
    }

    /// <summary>Ends the run.</summary>
    /// <exception cref="StaleEpochException">A newer incarnation took over; nothing was written.</exception>
    public Task EndAsync(LedgerEnding ending, CancellationToken cancellationToken) => MoveAsync(Head with { Ending = ending }, cancellationToken);

    /// <summary>Goes back to a committed step, under a new epoch: what was committed after it no longer counts, and an ended run goes on.</summary>
    /// <param name="layout">For the steps from here on; null leaves the one under which the next step was computed before.</param>
    /// <remarks>The records of the steps that no longer count stay in the store.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The step was never committed, or is before the ledger's first.</exception>
    public async Task RewindAsync(int step, CancellationToken cancellationToken, LayoutSpec? layout = null)
    {
        while (true)
        {
            var head = await ReadHeadAsync(cancellationToken);
            if (await TryMoveAsync(Next(await AtAsync(step, cancellationToken)) with { Branches = Rewound(head, step, layout), Ending = null }, cancellationToken))
                return;
        }
    }

    /// <summary>The head as it was, or would have been, when <paramref name="step"/> had just been committed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step was never committed, or is before the ledger's first.</exception>
    public async Task<LedgerHead> AtAsync(int step, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, Head.Branches[0].FirstStep - 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(step, Head.Step);
        var (consumed, dropped) = (Head.Consumed, Head.Dropped);
        StepRecord? after = null;
        await foreach (var record in ReadCommittedAsync(step, cancellationToken))
        {
            after ??= record;
            consumed -= record.Consumed;
            dropped -= record.Dropped.Values.Sum();
        }

        return after is null
            ? Head
            : Head with { Step = step, Chain = after.Previous, WeightsHash = step == 0 ? "" : after.WeightsBefore, Consumed = consumed, Dropped = dropped };
    }

    /// <returns>The hash chain after a committed step; null for a step that is not on this ledger.</returns>
    public async Task<string?> FindChainAsync(int step, CancellationToken cancellationToken)
    {
        if (step == Head.Step)
            return Head.Chain;

        if (step == 0)
            return Head.Branches[0].FirstStep == 1 ? "" : null;

        return step < Head.Step ? (await ReadStepAsync(step + 1, cancellationToken))?.Previous : null;
    }

    /// <summary>The committed steps' records after <paramref name="step"/>, in order.</summary>
    public async IAsyncEnumerable<StepRecord> ReadCommittedAsync(int step, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var next = step + 1; next <= Head.Step; next++)
            yield return await ReadStepAsync(next, cancellationToken)
                ?? throw new BlobMissingException($"Step {next} of {folder} is committed and its record '{NameOf(next)}' is missing from {store.Place}; restore it, or fork the run from a step before.");
    }

    internal static LedgerHead After(LedgerHead before, StepRecord record, string weightsHash) => before with
    {
        Step = record.Step,
        Chain = record.ChainAfter(weightsHash),
        WeightsHash = weightsHash,
        Consumed = before.Consumed + record.Consumed,
        Dropped = before.Dropped + record.Dropped.Values.Sum(),
    };

    private static LedgerHead Next(LedgerHead head) => head with { Epoch = head.Epoch + 1 };

    /// <summary>A new layout needs a branch of its own, too: the next step may have been prepared under the old one.</summary>
    private static ImmutableArray<LedgerBranch> Rewound(LedgerHead head, int step, LayoutSpec? layout) => step == head.Step && layout is null
        ? head.Branches
        :
        [
            .. head.Branches.Where(branch => branch.FirstStep <= step),
            new LedgerBranch(head.Branches[^1].Number + 1, step + 1, layout ?? head.LayoutAt(step + 1)),
        ];

    private async Task MoveAsync(LedgerHead next, CancellationToken cancellationToken)
    {
        var mine = Head.Epoch;
        if (!await TryMoveAsync(next, cancellationToken))
            throw new StaleEpochException(folder, mine, (await ReadHeadAsync(cancellationToken)).Epoch);
    }

    private async Task<bool> TryMoveAsync(LedgerHead next, CancellationToken cancellationToken)
    {
        var content = LedgerDocument.Write(next);
        var written = _tag is { } expected
            ? await store.TryReplaceAsync(_names.Head, content, expected, cancellationToken)
            : await store.TryCreateAsync(_names.Head, content, cancellationToken);
        if (written is null)
            return false;

        (_tag, Head) = (written, next);
        return true;
    }

    private string NameOf(int step) => _names.Step(
        Head.BranchOf(step) ?? throw new ArgumentOutOfRangeException(nameof(step), step, $"The ledger of {folder} begins later."), step);
}
