using System.CommandLine;
using SeedOrleans.Client.Views;

namespace SeedOrleans.Client.Commands;

/// <summary><c>seed resume RUN[@STEP]</c>: goes on with a run that ended before its time, or from one of its earlier steps.</summary>
internal static class ResumeCommand
{
    public static Command Create(CommandServices services)
    {
        var (run, watch, cluster, json) = (RunAtStep.Argument(needsStep: false), CommandParts.Watch(), new ClusterOptions(), CommandParts.Json());
        var layout = LayoutOption.Create();
        var command = new Command("resume", "Go on with a run that was stopped or failed, or from one of its earlier steps.")
        {
            run, layout, watch, cluster.Address, cluster.Storage, json,
        };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var wanted = parsed.GetRequiredValue(run);
            await using var connection = await services.Connector.ConnectAsync(cluster.Read(parsed), cancellationToken);
            var found = await connection.FindOneAsync(wanted.Run, cancellationToken);

            var asked = parsed.GetValue(layout)?.Invoke((await connection.GetSpecAsync(found.RunId, cancellationToken)).Layout);
            await connection.ResumeAsync(found.RunId, wanted.Step, asked, cancellationToken);
            var isJson = parsed.GetValue(json);
            if (parsed.GetValue(watch))
                return await new RemoteWatch(services, connection, RunViews.For(services.Console, isJson)).FollowAsync(found.RunId, cancellationToken);

            var from = wanted.Step ?? found.Step;
            await services.Console.Output.WriteLineAsync(
                isJson ? RunJson.Resumed(found.RunId, from) : $"{HostileText.OneLine(found.RunId, 100)} goes on from step {from}");
            return ExitCode.Fine;
        });

        return command;
    }
}
