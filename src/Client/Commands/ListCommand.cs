using System.CommandLine;
using SeedOrleans.Client.Views;

namespace SeedOrleans.Client.Commands;

/// <summary><c>seed list</c>: the runs of a cluster, newest first.</summary>
internal static class ListCommand
{
    public static Command Create(CommandServices services)
    {
        var (cluster, json) = (new ClusterOptions(), CommandParts.Json());
        var command = new Command("list", "List the runs of a cluster, newest first.") { cluster.Address, cluster.Storage, json };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var connection = await services.Connector.ConnectAsync(cluster.Read(parsed), cancellationToken);
            var runs = await connection.ListAsync(cancellationToken);

            foreach (var line in parsed.GetValue(json) ? runs.Select(RunSummaryJson.Line) : RunTable.Lines(runs))
                await services.Console.Output.WriteLineAsync(line);

            return ExitCode.Fine;
        });

        return command;
    }
}
