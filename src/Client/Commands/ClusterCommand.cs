using System.CommandLine;
using SeedOrleans.Client.LocalClusters;

namespace SeedOrleans.Client.Commands;

/// <summary><c>seed cluster …</c>: silos on this machine that live until they are told otherwise.</summary>
internal static class ClusterCommand
{
    public static Command Create(CommandServices services) => new("cluster", "Start, watch and end silos on this machine.")
    {
        Up(services),
        Status(services),
        Add(services),
        Kill(services),
        Down(services),
    };

    private static Command Up(CommandServices services)
    {
        var (silos, slots, data) = (NumberOptions.Of("--silos", "How many.", 1, 64, usual: 3), Slots(least: 1), CommandParts.DataFolder());
        var storage = CommandParts.NewStorage("Everything durable: FOLDER or azure:…; by default 'store' in the data folder.");
        var command = new Command("up", "Start a cluster.") { silos, slots, storage, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var cluster = new LocalCluster(parsed.GetRequiredValue(data), services.Time);
            if (cluster.Find()?.Silos.Count(silo => silo.IsAlive()) is > 0 and var living)
                throw new CommandFailedException(
                    ExitCode.Usage, $"A cluster of {living} silos lives there already; 'seed cluster add' adds to it, 'seed cluster down' ends it.");

            LocalClusterFile.Delete(parsed.GetRequiredValue(data));
            Print(services, await cluster.AddAsync(parsed.GetValue(silos), parsed.GetValue(storage), parsed.GetValue(slots), cancellationToken));
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command Status(CommandServices services)
    {
        var data = CommandParts.DataFolder();
        var command = new Command("status", "Show the silos, and which runs have actors on them.") { data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (_, cluster) = Existing(parsed.GetRequiredValue(data), services);
            Print(services, cluster);
            foreach (var line in await new ClusterTenants(services.Connector).DescribeAsync(cluster, cancellationToken))
                await services.Console.Output.WriteLineAsync(line);

            return ExitCode.Fine;
        });
        return command;
    }

    private static Command Add(CommandServices services)
    {
        var (silos, slots, data) = (NumberOptions.Of("--silos", "How many.", 1, 64, usual: 1), Slots(least: 0), CommandParts.DataFolder());
        var command = new Command("add", "Start more silos, or dead ones again.") { silos, slots, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (local, _) = Existing(parsed.GetRequiredValue(data), services);
            Print(services, await local.AddAsync(parsed.GetValue(silos), storage: null, parsed.GetValue(slots), cancellationToken));
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command Kill(CommandServices services)
    {
        var name = new Argument<string>("silo") { Description = "A silo's name or process id, as 'seed cluster status' shows it." };
        var data = CommandParts.DataFolder();
        var command = new Command("kill", "Kill a silo as a power cut would (SIGKILL).") { name, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var wanted = parsed.GetRequiredValue(name);
            var (local, cluster) = Existing(parsed.GetRequiredValue(data), services);
            var silo = cluster.Silos.FirstOrDefault(silo => silo.IsAlive() && (silo.Name == wanted || $"{silo.Pid}" == wanted))
                ?? throw new CommandFailedException(ExitCode.NotFound, $"No silo that lives is called '{wanted}'; 'seed cluster status' shows which there are.");

            await local.KillAsync(silo, cancellationToken);
            await services.Console.Output.WriteLineAsync($"killed {silo.Name} (process {silo.Pid})");
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command Down(CommandServices services)
    {
        var data = CommandParts.DataFolder();
        var command = new Command("down", "End the cluster; runs go on when it is up again on the same storage.") { data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var ended = await Existing(parsed.GetRequiredValue(data), services).Local.DownAsync(cancellationToken);
            await services.Console.Output.WriteLineAsync($"{ended} silos ended");
            return ExitCode.Fine;
        });
        return command;
    }

    private static Option<int?> Slots(int least) => NumberOptions.Optional(
        "--slots", $"Ranks and workers that each silo computes for at once; by default its cores.{(least == 0 ? " 0 makes silos that only judge." : "")}", least, 1024);

    private static (LocalCluster Local, LocalClusterFile Cluster) Existing(string dataFolder, CommandServices services)
    {
        var local = new LocalCluster(dataFolder, services.Time);
        return (local, local.Find() ?? throw new CommandFailedException(
            ExitCode.NotFound, $"No cluster was started in {dataFolder}; 'seed cluster up' starts one, --data names another folder."));
    }

    private static void Print(CommandServices services, LocalClusterFile cluster)
    {
        foreach (var silo in cluster.Silos)
            services.Console.Output.WriteLine(
                $"{silo.Name}  {(silo.IsAlive() ? "alive" : "dead "),-5}  process {silo.Pid,-8} gateway 127.0.0.1:{silo.GatewayPort,-6} silo 127.0.0.1:{silo.SiloPort}");
    }
}
