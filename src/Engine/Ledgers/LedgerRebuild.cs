using System.Collections.Immutable;
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Engine.Ledgers;

/// <summary>Makes a ledger's head from its records, where the head itself is damaged or lost.</summary>
/// <remarks>
/// The newest record tells of the state that it starts from, so the head goes back to the step before it, whether that record was
/// committed or not. Its step is then computed again from its record, which gives the same weights and the same chain.
/// </remarks>
internal sealed class LedgerRebuild(IBlobStore store, LedgerNames names)
{
    /// <summary>More incarnations than may have come and gone without writing a record.</summary>
    private const int EpochsUnseen = 1000;

    public async Task<LedgerHead> RunAsync(CancellationToken cancellationToken)
    {
        List<(int Branch, int Step)> known = [];
        await foreach (var entry in store.ListAsync(names.Steps, cancellationToken))
            if (names.Parse(entry.Name) is { } step)
                known.Add(step);

        if (known.Count == 0)
            return new LedgerHead();

        var head = new LedgerHead { Epoch = EpochsUnseen, Branches = BranchesOf(known) };
        foreach (var step in known.Select(found => found.Step).Distinct().Order())
            if (head.BranchOf(step) is { } branch && known.Contains((branch, step)) && await TryReadAsync(branch, step, cancellationToken) is { } record)
                head = head with
                {
                    Branches = [.. head.Branches.Select(known => known.Number == branch ? known with { Layout = record.Layout } : known)],
                    Epoch = Math.Max(head.Epoch, record.Epoch + EpochsUnseen),
                    Step = step - 1,
                    Chain = record.Previous,
                    WeightsHash = step == 1 ? "" : record.WeightsBefore,
                    Consumed = record.ConsumedBefore,
                    Dropped = record.DroppedBefore,
                };

        return head;
    }

    /// <summary>A branch's records begin where it begins, and cut the branches before it off.</summary>
    private static ImmutableArray<LedgerBranch> BranchesOf(List<(int Branch, int Step)> known)
    {
        List<LedgerBranch> branches = [];
        foreach (var branch in known.GroupBy(found => found.Branch).OrderBy(branch => branch.Key))
        {
            var first = branch.Min(found => found.Step);
            branches.RemoveAll(earlier => earlier.FirstStep >= first);
            branches.Add(new LedgerBranch(branch.Key, first));
        }

        return [.. branches];
    }

    private async Task<StepRecord?> TryReadAsync(int branch, int step, CancellationToken cancellationToken)
    {
        var name = names.Step(branch, step);
        try
        {
            return await store.ReadAsync(name, cancellationToken) is { } blob ? LedgerDocument.Read<StepRecord>(blob.Content, name, store) : null;
        }
        catch (BlobDamagedException)
        {
            return null;
        }
    }
}
