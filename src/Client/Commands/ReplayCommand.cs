using System.CommandLine;
using SeedOrleans.Client.Cluster;
using SeedOrleans.Client.Views;
using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Client.Commands;

/// <summary><c>seed replay RUN</c>: computes committed steps again, beside the run, to check or to look into them.</summary>
internal static class ReplayCommand
{
    public static Command Create(CommandServices services)
    {
        var (run, cluster, json) = (CommandParts.RunId(), new ClusterOptions(), CommandParts.Json());
        var from = NumberOptions.Optional("--from", "The first step.", 1, int.MaxValue, "STEP");
        var to = NumberOptions.Optional("--to", "The last step; by default the first.", 1, int.MaxValue, "STEP");
        from.Required = true;
        var verify = new Option<bool>("--verify") { Description = "End with 1 if a step's weights are not those that were committed." };
        var dump = new Option<bool>("--dump") { Description = "Write everything about the steps to files beside the run's metrics." };
        var command = new Command("replay", "Compute committed steps of a run again, without disturbing it.")
        {
            run, from, to, verify, dump, cluster.Address, cluster.Storage, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var first = parsed.GetRequiredValue(from)!.Value;
            var last = parsed.GetValue(to) ?? first;
            if (last < first)
                throw new CommandFailedException(ExitCode.Usage, $"--to {last} is before --from {first}.");

            await using var connection = await services.Connector.ConnectAsync(cluster.Read(parsed), cancellationToken);
            var found = await connection.FindOneAsync(parsed.GetRequiredValue(run), cancellationToken);

            await using var replay = await connection.ReplayAsync(
                found.RunId, new ReplayOrder(first, last, parsed.GetValue(dump)), cancellationToken);
            var different = await FollowAsync(replay, found.RunId, services.Console.Output, parsed.GetValue(json), cancellationToken);
            return different > 0 && parsed.GetValue(verify) ? ExitCode.RunFailed : ExitCode.Fine;
        });

        return command;
    }

    /// <returns>How many steps came out otherwise than they were committed.</returns>
    private static async Task<int> FollowAsync(
        IRunReplay replay, string runId, TextWriter output, bool json, CancellationToken cancellationToken)
    {
        var (known, different) = (0, 0);
        while (true)
        {
            var progress = await replay.GetProgressAsync(known, cancellationToken);
            foreach (var step in progress.Steps)
                await output.WriteLineAsync(json ? ReplayText.Json(runId, step) : ReplayText.Line(step));

            known += progress.Steps.Length;
            different += progress.Steps.Count(step => !step.Matches);
            if (progress.Error.Length > 0)
                throw new CommandFailedException(ExitCode.RunFailed, HostileText.OneLine(progress.Error, 2000));

            if (!progress.IsFinished)
                continue;

            await output.WriteLineAsync(json ? ReplayText.EndJson(runId, known, different) : ReplayText.End(known, different));
            return different;
        }
    }
}
