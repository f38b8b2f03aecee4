using System.CommandLine;
using SeedOrleans.Client.Views;

namespace SeedOrleans.Client.Commands;

/// <summary><c>seed list</c>: the runs of a cluster, newest first.</summary>
internal static class ListCommand
{
    public static Command Create(CommandServices services)
    {
        var (address, json) = (CommandParts.Address(), CommandParts.Json());
        var command = new Command("list", "List the runs of a cluster, newest first.") { address, json };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var connection = await services.Connector.ConnectAsync(parsed.GetRequiredValue(address), cancellationToken);
            var runs = await connection.ListAsync(cancellationToken);

            foreach (var line in parsed.GetValue(json) ? runs.Select(run => RunJson.Summary(run, spec: null)) : RunTable.Lines(runs))
                await services.Console.Output.WriteLineAsync(line);

            return ExitCode.Fine;
        });

        return command;
    }
}
