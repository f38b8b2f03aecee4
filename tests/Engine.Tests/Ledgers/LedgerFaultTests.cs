using System.Text;
using SeedOrleans.Engine.Ledgers;
using SeedOrleans.Engine.Storage;
using SeedOrleans.Engine.Tests.Storage;

namespace SeedOrleans.Engine.Tests.Ledgers;

/// <summary>Every fault at every call to the store that a run's ledger makes.</summary>
public sealed class LedgerFaultTests
{
    private const int LastStep = 4;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_comes_to_the_same_chain_or_names_the_blob_that_is_damaged()
    {
        var expected = await LeadAsync(new MemoryStore());
        var named = 0;
        var struck = await FaultyStore.AtEveryCallAsync(Enum.GetValues<Fault>(), async (fault, at) =>
        {
            var store = new MemoryStore();
            var faulty = new FaultyStore(store, fault, at);
            try
            {
                await LeadAsync(faulty);
            }
            catch (Exception lost) when (lost is ProcessDiedException or IOException or StaleEpochException or InvalidOperationException)
            {
                // Whoever comes next begins with what the store holds.
            }

            try
            {
                Assert.Equal(expected, await LeadAsync(store));
                await ReadAllAsync(store);
            }
            catch (BlobException damaged)
            {
                Assert.Contains(fault, (Fault[])[Fault.TornWrite, Fault.FlipAtRest, Fault.Missing]);
                Assert.Contains("runs/r/ledger/", damaged.Message, StringComparison.Ordinal);
                named++;
            }

            return faulty;
        });

        // Trajectories and committed records cannot be made anew by the ledger; heads and prepared records are.
        Assert.InRange(struck, 100, 2000);
        Assert.InRange(named, 1, 3 * 2 * LastStep);
    }

    [Theory]
    [InlineData(Fault.FlipAtRest)]
    [InlineData(Fault.Missing)]
    public async Task A_head_that_is_lost_is_made_anew(Fault fault)
    {
        var store = new MemoryStore();
        var expected = await LeadAsync(store);

        var faulty = new FaultyStore(store, fault, at: 1);

        Assert.Equal(expected, await LeadAsync(faulty));
        Assert.True(faulty.HasStruck);
    }

    /// <summary>What a controller does to the ledger; weights are a function of what they learn from.</summary>
    /// <returns>The chain in the end.</returns>
    private static async Task<string> LeadAsync(IBlobStore store)
    {
        var ledger = new RunLedger(store, "runs/r");
        await ledger.TakeOverAsync(Token);
        for (var step = ledger.Head.Step + 1; step <= LastStep; step++)
        {
            var content = Encoding.ASCII.GetBytes($"step {step}");
            var record = await ledger.ReadStepAsync(step, Token)
                ?? await ledger.PrepareAsync(Steps.Record(ledger.Head, step, content), content, Token);
            await ledger.CommitAsync(record, StepRecord.Hash(Encoding.ASCII.GetBytes(record.WeightsBefore + record.Digest)), Token);
        }

        return ledger.Head.Chain;
    }

    private static async Task ReadAllAsync(IBlobStore store)
    {
        var ledger = new RunLedger(store, "runs/r");
        await ledger.ReadHeadAsync(Token);
        var audit = new LedgerAudit();
        await foreach (var record in ledger.ReadCommittedAsync(0, Token))
        {
            audit.Add(record);
            await ledger.ReadContentAsync(record, Token);
        }

        Assert.Empty(audit.Findings);
        Assert.Equal(LastStep, audit.Steps);
    }
}
