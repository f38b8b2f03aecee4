using System.Globalization;
using SeedOrleans.Engine.Ledgers;

namespace SeedOrleans.Grains.Runs;

/// <summary>Gives a forked run the state that it starts from, as a checkpoint of its own, so that it needs the other run no more.</summary>
internal sealed class RunOrigin(RunTools tools, ForkPoint parent, RunLedger ledger)
{
    public async Task CopyAsync(CancellationToken cancellationToken)
    {
        tools.Report.Message($"taking over the state of {parent}");
        var role = string.Create(CultureInfo.InvariantCulture, $"origin-of-{tools.RunId}");
        var replay = await StepReplay.OpenAsync(
            new ReplayTools(tools.Runs, tools.Data, tools.Grains, tools.Serializer), parent.RunId, parent.Step, role, ledger.Head.Epoch, tools.RunId, cancellationToken);
        try
        {
            while (replay.Step < parent.Step)
            {
                var (record, collected) = await replay.ReadNextAsync(cancellationToken);
                await replay.StepAsync(record, collected, cancellationToken);
            }

            var head = await replay.HeadAsync(cancellationToken);
            var checkpoints = new Checkpointer(tools.Runs.Checkpoints(tools.RunId), replay.Ranks, tools.Card.Spec.Checkpoint, ledger);
            await checkpoints.BeginAsync(
                replay.ColdStartSteps, head with { Branches = [new LedgerBranch(0, head.Step + 1)] }, replay.Updates.Done, replay.Cursor,
                await replay.Ranks.HashAsync(cancellationToken), cancellationToken);
            await checkpoints.FlushAsync();
            await ledger.SeedAsync(head, cancellationToken);
        }
        finally
        {
            await replay.Ranks.StopAsync(CancellationToken.None);
            tools.Data.Forget(parent.RunId);
        }
    }
}
