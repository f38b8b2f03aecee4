using System.Globalization;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Ledgers;
using SeedOrleans.Engine.Storage;
using SeedOrleans.Grains.Rollout;

namespace SeedOrleans.Grains.Runs;

/// <summary>Holds a run's ledger, the log of its judged responses and its checkpoints against each other, and says what does not fit.</summary>
/// <remarks>
/// A judged response in the log was acknowledged: it must be what its step's record holds, or belong to a group that a step refused, or to
/// a collection that is not committed. What a record holds must be in the log, once for each step.
/// </remarks>
public sealed class RunAudit(RunStore runs, IScoredLog log, Orleans.Serialization.Serializer serializer)
{
    /// <returns>What is wrong, a sentence each; none where nothing was lost and nothing counted twice.</returns>
    public async Task<IReadOnlyList<string>> FindAsync(string runId, CancellationToken cancellationToken)
    {
        var ledger = runs.Ledger(runId);
        await ledger.ReadHeadAsync(cancellationToken);
        var audit = new LedgerAudit();
        var first = ledger.Head.Branches[0].FirstStep - 1;
        List<string> findings = [];
        var logged = await ReadLogAsync(runId, cancellationToken);
        var logStart = await log.FindStartAsync(runId, cancellationToken);
        StepRecord? last = null;
        await foreach (var record in ledger.ReadCommittedAsync(first, cancellationToken))
        {
            audit.Add(record);

            // What the log no longer keeps stands in the records alone.
            if (logStart <= Math.Max(1, last?.LogEnd ?? 1))
                findings.AddRange(await CheckContentAsync(ledger, record, logged, cancellationToken));

            last = record;
        }

        findings.AddRange(audit.Findings);
        if (last is not null && last.ChainAfter(ledger.Head.WeightsHash) != ledger.Head.Chain)
            findings.Add($"The ledger's head does not continue the hash chain of step {last.Step}.");

        if (audit.Steps != ledger.Head.Step - first)
            findings.Add($"The ledger's head tells of {ledger.Head.Step - first} steps, and there are {audit.Steps}.");

        findings.AddRange(await CheckCheckpointsAsync(runId, ledger, cancellationToken));
        return findings;
    }

    /// <returns>By collection and response, what the log says: a hash of tokens, log-probs and score.</returns>
    private async Task<Dictionary<(long, ResponseName), string>> ReadLogAsync(string runId, CancellationToken cancellationToken)
    {
        Dictionary<(long, ResponseName), string> logged = [];
        await foreach (var batch in log.ReadAsync(runId, start: 0, cancellationToken))
            foreach (var response in batch.Responses)
            {
                var name = (response.CollectionId, NameOf(response.Scored));
                var digest = DigestOf(response.Scored);
                if (logged.TryGetValue(name, out var before) && before != digest)
                    digest = $"two different responses, {before} and {digest}";

                logged[name] = digest;
            }

        return logged;
    }

    private async Task<List<string>> CheckContentAsync(
        RunLedger ledger, StepRecord record, Dictionary<(long, ResponseName), string> logged, CancellationToken cancellationToken)
    {
        var groups = (await new StepRecords(ledger, serializer).ReadAsync(record, cancellationToken)).Groups;
        List<string> findings = [];
        foreach (var response in groups.SelectMany(group => group.Responses))
        {
            var name = NameOf(response);
            if (!logged.TryGetValue((StepRecords.CollectionOf(record.Step), name), out var digest))
                findings.Add(Text($"Step {record.Step} trains on {name.PromptId}#{name.ResponseIndex}, which the log does not hold."));
            else if (digest != DigestOf(response))
                findings.Add(Text($"Step {record.Step} trains on {name.PromptId}#{name.ResponseIndex}, and the log holds {digest} where the record has {DigestOf(response)}."));
        }

        var trained = groups.SelectMany(group => group.Responses).Select(NameOf).ToHashSet();
        if (trained.Count != record.Trajectories.Length)
            findings.Add(Text($"The record of step {record.Step} names {record.Trajectories.Length} responses and holds {trained.Count}."));

        return findings;
    }

    private async Task<List<string>> CheckCheckpointsAsync(string runId, RunLedger ledger, CancellationToken cancellationToken)
    {
        var checkpoints = runs.Checkpoints(runId);
        List<string> findings = [];
        foreach (var name in await checkpoints.ListAsync(cancellationToken))
            try
            {
                var manifest = await checkpoints.ReadAsync(name, cancellationToken);
                if (await ledger.FindChainAsync(manifest.Step, cancellationToken) is { } chain && manifest.Branch == (ledger.Head.BranchOf(manifest.Step) ?? 0) && manifest.Chain != chain)
                    findings.Add($"Checkpoint {name} is of another history than the ledger's.");
            }
            catch (Exception damaged) when (damaged is CheckpointException or BlobException)
            {
                findings.Add(damaged.Message);
            }

        return findings;
    }

    private static ResponseName NameOf(ScoredTrajectory scored) => new(scored.Trajectory.PromptId, scored.Trajectory.ResponseIndex);

    private static string DigestOf(ScoredTrajectory scored) => StepRecords.DigestOf([scored])[..16];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
