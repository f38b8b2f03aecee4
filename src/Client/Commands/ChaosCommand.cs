using System.CommandLine;
using SeedOrleans.Client.Chaos;
using SeedOrleans.Client.Cluster;
using SeedOrleans.Client.LocalClusters;

namespace SeedOrleans.Client.Commands;

/// <summary><c>seed chaos RUN</c>: kills silos of the cluster on this machine at seeded moments, and prints what each cost the run.</summary>
internal static class ChaosCommand
{
    public static Command Create(CommandServices services)
    {
        var (run, data, json) = (CommandParts.RunId(), CommandParts.DataFolder(), CommandParts.Json());
        var kills = NumberOptions.Of("--kills", "How many blows.", 1, 10_000, usual: 5);
        var seed = NumberOptions.Of("--seed", "The same seed picks the same silos and moments.", long.MinValue, long.MaxValue, usual: 1L, "S");
        var stops = NumberOptions.Of(
            "--stop-share", "Share of blows that freeze a silo for some seconds (SIGSTOP) instead of killing it.", 0.0, 1.0, usual: 0.0, "P");
        var within = NumberOptions.Of(
            "--within", "A blow falls within this many seconds of the run's going on.", 0.0, 86_400, usual: 5.0, "SECONDS");
        var every = NumberOptions.Of("--every", "Steps that the run commits before the first blow, and from each to the next.", 0, 1_000_000, usual: 0, "STEPS");
        var command = new Command("chaos", "Kill silos of the cluster on this machine while a run trains, and see what each costs.")
        {
            run, kills, seed, stops, within, every, data, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var local = new LocalCluster(parsed.GetRequiredValue(data), services.Time);
            var (storage, silos) = Living(local, parsed.GetRequiredValue(data));
            await using var connection = await services.Connector.ConnectAsync(new ClusterPlace(Gateway: null, storage), cancellationToken);
            var found = await connection.FindOneAsync(parsed.GetRequiredValue(run), cancellationToken);
            if (found.IsFinished())
                throw new CommandFailedException(ExitCode.Usage, $"Run {found.RunId} is over; there is nothing to disturb.");

            var plan = ChaosPlan.Create(
                parsed.GetValue(seed), parsed.GetValue(kills), parsed.GetValue(stops), TimeSpan.FromSeconds(parsed.GetValue(within)), silos);
            var victims = new LocalVictims(local, silos);
            var isJson = parsed.GetValue(json);
            List<ChaosBlow> blows = [];
            try
            {
                await foreach (var blow in new ChaosRun(connection, victims, found.RunId, parsed.GetValue(every), services.Time).StrikeAsync(plan, cancellationToken))
                {
                    blows.Add(blow);
                    await services.Console.Output.WriteLineAsync(isJson ? ChaosText.Json(found.RunId, blow) : ChaosText.Line(blow));
                }
            }
            finally
            {
                foreach (var dead in silos.Where(silo => !victims.IsAlive(silo)))
                    await services.Console.Error.WriteLineAsync($"{dead} is dead; 'seed cluster add' starts it again.");
            }

            var end = await connection.GetSummaryAsync(found.RunId, cancellationToken);
            foreach (var line in isJson ? [ChaosText.EndJson(blows, plan.Length, end)] : ChaosText.End(blows, plan.Length, end))
                await services.Console.Output.WriteLineAsync(line);

            return end.Status is Domain.Runs.RunStatus.Failed ? ExitCode.RunFailed : ExitCode.Fine;
        });

        return command;
    }

    private static (string Storage, string[] Silos) Living(LocalCluster local, string dataFolder) =>
        local.Find() is { } cluster && cluster.Silos.Where(silo => silo.IsAlive()).Select(silo => silo.Name).ToArray() is { Length: > 0 } silos
            ? (cluster.Storage, silos)
            : throw new CommandFailedException(
                ExitCode.NotFound, $"No cluster lives in {dataFolder}; 'seed cluster up' starts one, --data names another folder.");
}
