using System.CommandLine;
using SeedOrleans.Client.Views;

namespace SeedOrleans.Client.Commands;

/// <summary><c>seed show RUN</c>: one run and its spec.</summary>
internal static class ShowCommand
{
    public static Command Create(CommandServices services)
    {
        var (run, cluster, json) = (CommandParts.RunId(), new ClusterOptions(), CommandParts.Json());
        var command = new Command("show", "Show a run and its spec.") { run, cluster.Address, cluster.Storage, json };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var connection = await services.Connector.ConnectAsync(cluster.Read(parsed), cancellationToken);
            var summary = await connection.FindOneAsync(parsed.GetRequiredValue(run), cancellationToken);
            var spec = await connection.GetSpecAsync(summary.RunId, cancellationToken);

            string[] lines = parsed.GetValue(json)
                ? [RunSummaryJson.Line(summary, spec)]
                : [HostileText.OneLine(summary.RunId, 100), RunText.Finished(summary), .. RunText.Durability(summary), RunJson.Spec(spec)];

            foreach (var line in lines)
                await services.Console.Output.WriteLineAsync(line);

            return ExitCode.Fine;
        });

        return command;
    }
}
