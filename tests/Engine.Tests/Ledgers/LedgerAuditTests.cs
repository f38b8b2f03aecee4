using System.Text;
using SeedOrleans.Domain.Mixtures;
using SeedOrleans.Engine.Ledgers;

namespace SeedOrleans.Engine.Tests.Ledgers;

public sealed class LedgerAuditTests
{
    [Fact]
    public void A_history_as_it_should_be_has_no_findings()
    {
        var audit = Audit(History());

        Assert.Empty(audit.Findings);
        Assert.Equal((0L, 0L, 3), (audit.Duplicated, audit.Lost, audit.Steps));
    }

    [Fact]
    public void Groups_that_steps_pass_by_are_lost()
    {
        var history = History();
        history[1] = history[1] with { Cursor = 5, NextCursor = 8 };

        var audit = Audit(history);

        Assert.Equal((2L, 2L), (audit.Lost, audit.Duplicated)); // Step 2 begins two groups late and ends two groups late.
        Assert.Contains(audit.Findings, finding => finding.Contains("begins at group 5 and step 1 ended at 3", StringComparison.Ordinal));
    }

    [Fact]
    public void A_response_that_a_step_trains_on_twice_is_found()
    {
        var history = History();
        history[1] = history[1] with { Trajectories = ["p#0", "p#0"] };

        var audit = Audit(history);

        Assert.Equal(1, audit.Duplicated);
        Assert.Contains("Step 2 trains on p#0 2 times.", audit.Findings);
    }

    [Fact]
    public void A_group_without_a_fate_is_lost()
    {
        var history = History();
        history[2] = history[2] with { Fates = "tc", Consumed = 1 };

        Assert.Equal(1, Audit(history).Lost);
    }

    /// <summary>Whatever in a record is changed, the chain of the steps after it no longer holds.</summary>
    [Fact]
    public void A_record_that_was_changed_breaks_the_chain()
    {
        foreach (var change in new Func<StepRecord, StepRecord>[]
                 {
                     record => record with { Seed = 8 },
                     record => record with { Digest = "other" },
                     record => record with { Trajectories = ["p#0", "q#1"] },
                     record => record with { Previous = "other" },
                 })
        {
            var history = History();
            history[1] = change(history[1]);

            Assert.Contains(Audit(history).Findings, finding => finding.Contains("hash chain", StringComparison.Ordinal));
        }
    }

    /// <summary>Records that were written before there were mixtures have the hashes that they had.</summary>
    [Fact]
    public void A_step_without_a_mixture_says_nothing_of_one()
    {
        var record = History()[0];
        var mixed = record with { Mixture = new MixtureState { Domains = [], Sources = [] } };

        Assert.DoesNotContain("mixture", Encoding.UTF8.GetString(LedgerDocument.ToBytes(record)), StringComparison.OrdinalIgnoreCase);
        Assert.NotEqual(record.ChainAfter("w"), mixed.ChainAfter("w"));
    }

    private static List<StepRecord> History()
    {
        List<StepRecord> history = [];
        var head = new LedgerHead { Epoch = 1, WeightsHash = "w0" };
        for (var step = 1; step <= 3; step++)
        {
            history.Add(Steps.Record(head, step, [(byte)step]));
            head = RunLedger.After(head, history[^1], $"w{step}");
        }

        return history;
    }

    private static LedgerAudit Audit(IEnumerable<StepRecord> history)
    {
        var audit = new LedgerAudit();
        foreach (var record in history)
            audit.Add(record);

        return audit;
    }
}
