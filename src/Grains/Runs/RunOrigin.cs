using System.Globalization;
using SeedOrleans.Engine.Ledgers;

namespace SeedOrleans.Grains.Runs;

/// <summary>Gives a run a state to go on from as a checkpoint of its own, where it is another run's, or was computed under another layout.</summary>
internal sealed class RunOrigin(RunTools tools, ForkPoint origin, RunLedger ledger)
{
    /// <summary>The state of the run that this one was forked from, which is then needed no more.</summary>
    public async Task CopyAsync(CancellationToken cancellationToken)
    {
        tools.Report.Message($"taking over the state of {origin}");
        var head = await SaveAsync(head => head with { Branches = [new LedgerBranch(0, head.Step + 1)] }, cancellationToken);
        await ledger.SeedAsync(head, cancellationToken);
        tools.Data.Forget(origin.RunId);
    }

    /// <summary>A state of this run, so that what follows can be computed under another layout.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        tools.Report.Message($"keeping the state of {origin}, after which the layout changes");

        // On the newest branch: retention removes the oldest first, and what a run had before it went back comes before that.
        var newest = ledger.Head.Branches[^1];
        await SaveAsync(head => head with { Branches = [newest with { FirstStep = head.Step }] }, cancellationToken);
    }

    /// <returns>The head of the origin's ledger as it was then.</returns>
    private async Task<LedgerHead> SaveAsync(Func<LedgerHead, LedgerHead> own, CancellationToken cancellationToken)
    {
        var role = string.Create(CultureInfo.InvariantCulture, $"origin-of-{tools.RunId}");
        var replay = await StepReplay.OpenAsync(
            new ReplayTools(tools.Runs, tools.Data, tools.Grains, tools.Serializer), origin.RunId, origin.Step, role, ledger.Head.Epoch, tools.RunId, cancellationToken);
        try
        {
            while (replay.Step < origin.Step)
            {
                var (record, collected) = await replay.ReadNextAsync(cancellationToken);
                await replay.StepAsync(record, collected, cancellationToken);
            }

            var head = await replay.HeadAsync(cancellationToken);
            var checkpoints = new Checkpointer(tools.Runs.Checkpoints(tools.RunId), replay.Ranks, tools.Card.Spec.Checkpoint, ledger);
            await checkpoints.BeginAsync(
                replay.ColdStartSteps, own(head), replay.Updates.Done, replay.Place, await replay.Ranks.HashAsync(cancellationToken), cancellationToken);
            await checkpoints.FlushAsync();
            return head;
        }
        finally
        {
            await replay.Ranks.StopAsync(CancellationToken.None);
        }
    }
}
