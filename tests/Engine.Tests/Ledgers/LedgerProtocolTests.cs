using System.Text;
using CsCheck;
using SeedOrleans.Engine.Ledgers;
using SeedOrleans.Engine.Storage;
using SeedOrleans.Engine.Tests.Storage;

namespace SeedOrleans.Engine.Tests.Ledgers;

/// <summary>Several incarnations of a controller at once, which stop, wake and die between any two operations on the store.</summary>
/// <remarks>Each samples other trajectories than the others would: what keeps them in line is the ledger alone.</remarks>
public sealed class LedgerProtocolTests
{
    private const int Steps = 6, Incarnations = 4;

    [Fact]
    public void However_incarnations_interleave_every_step_is_committed_once_and_the_chain_holds() =>
        Gen.Int[0, int.MaxValue].Sample(
            seed => Assert.Empty(PlayAsync(seed, isFenced: true).GetAwaiter().GetResult()), iter: 300, threads: 1);

    [Fact]
    public async Task Without_the_fence_the_audit_turns_red()
    {
        var red = 0;
        for (var seed = 0; seed < 100; seed++)
            red += (await PlayAsync(seed, isFenced: false)).Count > 0 ? 1 : 0;

        Assert.True(red > 50, $"Only {red} of 100 unfenced plays were found out.");
    }

    /// <returns>What the audit of the ledger finds in the end.</returns>
    private static async Task<IReadOnlyList<string>> PlayAsync(int seed, bool isFenced)
    {
        var chance = new Random(seed);
        var store = new MemoryStore();
        List<(SteppedStore Way, Task Work)> living = [];
        for (var born = 0; born < Incarnations || living.Count > 0;)
        {
            if (born < Incarnations && (living.Count == 0 || chance.Next(12) == 0))
            {
                var way = new SteppedStore(store, isFenced);
                living.Add((way, LeadAsync(way, $"sampled by {++born}")));
            }

            var (chosen, work) = living[chance.Next(living.Count)];
            await Task.WhenAny(work, chosen.Waiting);
            if (work.IsCompleted)
            {
                living.Remove((chosen, work));
                await work;
            }
            else if (living.Count > 1 && chance.Next(40) == 0)
            {
                chosen.Die();
                living.Remove((chosen, work));
                await work;
            }
            else
            {
                chosen.Release();
            }
        }

        // Whoever is left in the end may be fenced off: somebody always comes after the last death.
        await LeadAsync(store, "sampled by the last");
        return await AuditAsync(store);
    }

    /// <summary>What a controller does to the ledger.</summary>
    private static async Task LeadAsync(IBlobStore store, string samples)
    {
        try
        {
            var ledger = new RunLedger(store, "runs/r");
            await ledger.TakeOverAsync(CancellationToken.None);
            for (var step = ledger.Head.Step + 1; step <= Steps; step++)
            {
                var content = Encoding.ASCII.GetBytes($"{samples}, step {step}");
                var record = await ledger.ReadStepAsync(step, CancellationToken.None)
                    ?? await ledger.PrepareAsync(Ledgers.Steps.Record(ledger.Head, step, content), content, CancellationToken.None);

                // The weights are a function of those before and of what they learn from.
                await ledger.CommitAsync(record, StepRecord.Hash(Encoding.ASCII.GetBytes(record.WeightsBefore + record.Digest)), CancellationToken.None);
            }
        }
        catch (Exception over) when (over is StaleEpochException or SteppedStore.ClientDiedException or InvalidOperationException)
        {
            // Somebody newer leads, or this one is dead.
        }
    }

    private static async Task<IReadOnlyList<string>> AuditAsync(IBlobStore store)
    {
        var ledger = new RunLedger(store, "runs/r");
        var head = await ledger.ReadHeadAsync(CancellationToken.None);
        var audit = new LedgerAudit();
        StepRecord? last = null;
        try
        {
            await foreach (var record in ledger.ReadCommittedAsync(0, CancellationToken.None))
                audit.Add(last = record);
        }
        catch (BlobException missing)
        {
            return [missing.Message];
        }

        List<string> findings = [.. audit.Findings];
        if (head.Step != Steps)
            findings.Add($"The run is at step {head.Step}.");

        if (last is not null && last.ChainAfter(head.WeightsHash) != head.Chain)
            findings.Add("The head does not continue the chain.");

        return findings;
    }
}
