using System.Collections.Immutable;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Ledgers;

namespace SeedOrleans.Engine.Tests.Ledgers;

/// <summary>Step records that follow a head: two groups trained on, one refused.</summary>
internal static class Steps
{
    public static StepRecord Record(LedgerHead head, int step, ReadOnlySpan<byte> content) => new()
    {
        Step = step,
        Epoch = head.Epoch,
        PolicyVersion = step - 1,
        Seed = 7,
        Layout = new LayoutSpec(),
        Trajectories = ["p#0", "p#1"],
        Cursor = 3 * (step - 1),
        Fates = "tct",
        Consumed = 2,
        Dropped = ImmutableSortedDictionary<string, int>.Empty.Add("all correct", 1),
        ConsumedBefore = head.Consumed,
        DroppedBefore = head.Dropped,
        NextCursor = 3 * step,
        LogEnd = 4,
        Content = StepRecord.Hash(content.ToArray()),
        Digest = StepRecord.Hash(content.ToArray()),
        WeightsBefore = head.WeightsHash,
        Previous = head.Chain,
    };
}
