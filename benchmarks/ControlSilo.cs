using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using SeedOrleans.Engine.Storage.LocalFolder;
using SeedOrleans.Grains.Training;
using SeedOrleans.Silo;
using SiloOptions = SeedOrleans.Silo.Options.SiloOptions;

namespace SeedOrleans.Benchmarks;

/// <summary>A silo as it always is, but for its ranks, which are idle.</summary>
internal static class ControlSilo
{
    private const string Verb = "control-silo";

    /// <summary>Runs a silo in this process until standard input closes.</summary>
    public static async Task LiveAsync(string folder, string name)
    {
        using var host = Build(folder, name);
        await host.StartAsync();
        await host.WaitForShutdownAsync();
    }

    public static IHost Build(string folder, string name)
    {
        var options = SiloOptions.Parse(
            ["--name", name, "--storage", folder, "--data", folder, "--silo-port", "0", "--gateway-port", "0", "--device-slots", "1", "--die-with-parent"]);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleans(silo => silo.UseSharedStorage(options, new LocalFolderStore(folder)).AddSeed(options, new LocalFolderStore(folder)));
        builder.Services.Configure<GrainTypeOptions>(grains =>
        {
            grains.Classes.Remove(typeof(RankGrain));
            grains.Classes.Add(typeof(IdleRankGrain));
        });
        if (name != ControlBenchmark.OwnSilo)
            builder.Services.AddHostedService<ParentWatch>();

        return builder.Build();
    }

    /// <summary>Starts a process that is one more silo, and ends when its standard input closes.</summary>
    public static Process Spawn(string folder, string name) => Process.Start(new ProcessStartInfo(
        Environment.ProcessPath!, [typeof(ControlSilo).Assembly.Location, Verb, folder, name])
    { RedirectStandardInput = true })!;
}
