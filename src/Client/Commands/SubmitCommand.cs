using System.CommandLine;
using SeedOrleans.Client.Views;

namespace SeedOrleans.Client.Commands;

/// <summary><c>seed submit FILE</c>: hands a spec to a cluster that is there already.</summary>
internal static class SubmitCommand
{
    public static Command Create(CommandServices services)
    {
        var (file, overrides, watch) = (CommandParts.SpecFile(), CommandParts.Overrides(), CommandParts.Watch());
        var (cluster, json) = (new ClusterOptions(), CommandParts.Json());
        var command = new Command("submit", "Start a run on a cluster.") { file, overrides, watch, cluster.Address, cluster.Storage, json };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var spec = SpecLoading.Load(parsed.GetRequiredValue(file), parsed.GetValue(overrides) ?? []);
            await using var connection = await services.Connector.ConnectAsync(cluster.Read(parsed), cancellationToken);

            var runId = await connection.SubmitAsync(spec, cancellationToken);
            return await new RemoteWatch(services, connection, RunViews.For(services.Console, parsed.GetValue(json)))
                .BeginAsync(runId, parsed.GetValue(watch), parsed.GetValue(json), cancellationToken);
        });

        return command;
    }
}
