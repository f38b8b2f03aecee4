using System.CommandLine;
using SeedOrleans.Client.Views;

namespace SeedOrleans.Client.Commands;

/// <summary><c>seed watch RUN</c>: follows a run of a cluster to its end.</summary>
internal static class WatchCommand
{
    public static Command Create(CommandServices services)
    {
        var (run, cluster, json) = (CommandParts.RunId(), new ClusterOptions(), CommandParts.Json());
        var command = new Command("watch", "Follow a run to its end; Ctrl-C detaches and leaves it running.") { run, cluster.Address, cluster.Storage, json };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var connection = await services.Connector.ConnectAsync(cluster.Read(parsed), cancellationToken);
            var summary = await connection.FindOneAsync(parsed.GetRequiredValue(run), cancellationToken);

            var view = RunViews.For(services.Console, parsed.GetValue(json));
            return await new RemoteWatch(services, connection, view).FollowAsync(summary.RunId, cancellationToken);
        });

        return command;
    }
}
