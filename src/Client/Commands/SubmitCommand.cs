using System.CommandLine;
using SeedOrleans.Client.Views;

namespace SeedOrleans.Client.Commands;

/// <summary><c>seed submit FILE</c>: hands a spec to a cluster that is there already.</summary>
internal static class SubmitCommand
{
    public static Command Create(CommandServices services)
    {
        var (file, overrides, cluster, json) = (CommandParts.SpecFile(), CommandParts.Overrides(), new ClusterOptions(), CommandParts.Json());
        var watch = new Option<bool>("--watch") { Description = "Follow the run to its end." };
        var command = new Command("submit", "Start a run on a cluster.") { file, overrides, watch, cluster.Address, cluster.Storage, json };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var spec = SpecLoading.Load(parsed.GetRequiredValue(file), parsed.GetValue(overrides) ?? []);
            await using var connection = await services.Connector.ConnectAsync(cluster.Read(parsed), cancellationToken);

            var runId = await connection.SubmitAsync(spec, cancellationToken);
            var isJson = parsed.GetValue(json);
            if (parsed.GetValue(watch))
            {
                var view = RunViews.For(services.Console, isJson);
                view.Submitted(runId);
                return await new RemoteWatch(services, connection, view).FollowAsync(runId, cancellationToken);
            }

            await services.Console.Output.WriteLineAsync(isJson ? RunJson.Submitted(runId) : runId);
            return ExitCode.Fine;
        });

        return command;
    }
}
