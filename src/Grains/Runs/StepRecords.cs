using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Orleans.Serialization;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Ledgers;
using SeedOrleans.GrainInterfaces.Rollout;

namespace SeedOrleans.Grains.Runs;

/// <summary>Turns what the pool gathered into a step's record, and a record back into what the step trains on.</summary>
internal sealed class StepRecords(RunLedger ledger, Serializer serializer)
{
    /// <returns>The number of the collection that gathers a training step's groups; evaluations have the odd ones.</returns>
    public static long CollectionOf(int step) => 2L * step;

    /// <summary>Makes the step's record durable, or takes up the one that an earlier incarnation wrote.</summary>
    public Task<StepRecord> PrepareAsync(int step, LayoutSpec layout, CollectionOrder order, CollectedGroups collected, string weightsBefore, CancellationToken cancellationToken)
    {
        var content = serializer.SerializeToArray(collected.Groups);
        var record = new StepRecord
        {
            Step = step,
            Epoch = ledger.Head.Epoch,
            PolicyVersion = order.Policy.Step,
            Seed = order.Seed,
            Layout = layout,
            Trajectories = [.. collected.Groups.SelectMany(group => group.Responses).Select(response => NameOf(response.Trajectory))],
            Cursor = order.Cursor,
            Fates = collected.Fates,
            ConsumedBefore = ledger.Head.Consumed,
            DroppedBefore = ledger.Head.Dropped,
            WeightsBefore = weightsBefore,
            Consumed = collected.Groups.Length,
            Dropped = ImmutableSortedDictionary<string, int>.Empty
                .Add("all correct", collected.AllCorrect).Add("all wrong", collected.AllWrong),
            NextCursor = collected.NextCursor,
            LogEnd = collected.LogEnd,
            Content = StepRecord.Hash(content),
            Digest = DigestOf(collected.Groups.SelectMany(group => group.Responses)),
            Previous = ledger.Head.Chain,
            Mixture = order.Mixture,
        };

        return ledger.PrepareAsync(record, content, cancellationToken);
    }

    /// <returns>What the step trains on, as the pool would have handed it over.</returns>
    public async Task<CollectedGroups> ReadAsync(StepRecord record, CancellationToken cancellationToken) => new()
    {
        Groups = serializer.Deserialize<ImmutableArray<RolloutGroup>>(await ledger.ReadContentAsync(record, cancellationToken)),
        NextCursor = record.NextCursor,
        AllCorrect = record.Dropped["all correct"],
        AllWrong = record.Dropped["all wrong"],
        SampledTokens = 0,
        LogEnd = record.LogEnd,
        Fates = record.Fates,
    };

    /// <returns>SHA-256 of names, tokens, log-probs and scores, in order.</returns>
    public static string DigestOf(IEnumerable<ScoredTrajectory> responses)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
            foreach (var response in responses)
            {
                writer.Write(NameOf(response.Trajectory));
                writer.Write(MemoryMarshal.AsBytes(response.Trajectory.ResponseTokens.AsSpan()));
                writer.Write(MemoryMarshal.AsBytes(response.Trajectory.RolloutLogProbs.AsSpan()));
                writer.Write(response.Verdict.Score);
            }

        return StepRecord.Hash(bytes.ToArray());
    }

    private static string NameOf(Trajectory trajectory) => $"{trajectory.PromptId}#{trajectory.ResponseIndex}";
}
