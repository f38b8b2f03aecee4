using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Orleans.Serialization;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Ledgers;
using SeedOrleans.GrainInterfaces.Rollout;

namespace SeedOrleans.Grains.Runs;

/// <summary>Turns what the pool gathered into a step's record, and a record back into what the step trains on.</summary>
internal sealed class StepRecords(RunLedger ledger, Serializer serializer, RunSpec spec)
{
    /// <summary>Makes the step's record durable, or takes up the one that an earlier incarnation wrote.</summary>
    public Task<StepRecord> PrepareAsync(int step, CollectionOrder order, CollectedGroups collected, CancellationToken cancellationToken)
    {
        var content = serializer.SerializeToArray(collected.Groups);
        var record = new StepRecord
        {
            Step = step,
            Epoch = ledger.Head.Epoch,
            PolicyVersion = order.Policy.Step,
            Seed = order.Seed,
            DataParallel = spec.Layout.Data,
            Trajectories = [.. collected.Groups.SelectMany(group => group.Responses).Select(response => NameOf(response.Trajectory))],
            Consumed = collected.Groups.Length,
            Dropped = ImmutableSortedDictionary<string, int>.Empty
                .Add("all correct", collected.AllCorrect).Add("all wrong", collected.AllWrong),
            NextCursor = collected.NextCursor,
            LogEnd = collected.LogEnd,
            Content = StepRecord.Hash(content),
            Digest = DigestOf(collected.Groups),
            Previous = ledger.Head.Chain,
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
    };

    private static string DigestOf(ImmutableArray<RolloutGroup> groups)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
            foreach (var response in groups.SelectMany(group => group.Responses))
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
