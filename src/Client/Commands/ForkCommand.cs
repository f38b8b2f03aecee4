using System.CommandLine;
using SeedOrleans.Client.Views;

namespace SeedOrleans.Client.Commands;

/// <summary><c>seed fork RUN@STEP</c>: a new run that begins where another stood after a step, with a spec that may differ.</summary>
internal static class ForkCommand
{
    public static Command Create(CommandServices services)
    {
        var (run, overrides, watch) = (RunAtStep.Argument(needsStep: true), CommandParts.Overrides(), CommandParts.Watch());
        var (cluster, json) = (new ClusterOptions(), CommandParts.Json());
        var command = new Command("fork", "Start a new run from another's state after a step.") { run, overrides, watch, cluster.Address, cluster.Storage, json };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var wanted = parsed.GetRequiredValue(run);
            await using var connection = await services.Connector.ConnectAsync(cluster.Read(parsed), cancellationToken);
            var parent = await connection.FindOneAsync(wanted.Run, cancellationToken);

            var spec = SpecLoading.Change(
                await connection.GetSpecAsync(parent.RunId, cancellationToken), $"spec of {HostileText.OneLine(parent.RunId, 100)}", parsed.GetValue(overrides) ?? []);
            var forked = await connection.ForkAsync(parent.RunId, wanted.Step!.Value, spec, cancellationToken);

            return await new RemoteWatch(services, connection, RunViews.For(services.Console, parsed.GetValue(json)))
                .BeginAsync(forked, parsed.GetValue(watch), parsed.GetValue(json), cancellationToken);
        });

        return command;
    }
}
