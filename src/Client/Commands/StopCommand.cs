using System.CommandLine;
using SeedOrleans.Client.Views;

namespace SeedOrleans.Client.Commands;

/// <summary><c>seed stop RUN</c>: ends a run of a cluster.</summary>
internal static class StopCommand
{
    public static Command Create(CommandServices services)
    {
        var (run, cluster, json) = (CommandParts.RunId(), new ClusterOptions(), CommandParts.Json());
        var command = new Command("stop", "Stop a run; a finished one stays as it is.") { run, cluster.Address, cluster.Storage, json };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var connection = await services.Connector.ConnectAsync(cluster.Read(parsed), cancellationToken);
            var found = await connection.FindOneAsync(parsed.GetRequiredValue(run), cancellationToken);

            await connection.StopAsync(found.RunId, cancellationToken);
            var summary = await connection.GetSummaryAsync(found.RunId, cancellationToken);

            await services.Console.Output.WriteLineAsync(
                parsed.GetValue(json) ? RunJson.Finished(summary) : $"{HostileText.OneLine(summary.RunId, 100)}: {RunText.Finished(summary)}");
            return ExitCode.Fine;
        });

        return command;
    }
}
