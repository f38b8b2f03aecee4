using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SeedOrleans.Engine.Storage;
using SeedOrleans.Engine.Tensors;
using SeedOrleans.Silo;
using SeedOrleans.Silo.Options;
using SeedOptions = SeedOrleans.Silo.Options.SiloOptions;

SeedOptions options;
IBlobStore store;
try
{
    options = SeedOptions.Parse(args);
    Directory.CreateDirectory(options.DataFolder);
    store = BlobStorePlace.Open(options.Storage ?? Path.Combine(options.DataFolder, "store"));
}
catch (Exception refused) when (refused is SiloOptionsException or FormatException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"silo: {refused.Message}");
    return 2;
}

if (options.DeviceSlots > 0)
    LibTorch.EnsureLoaded();

var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
builder.Logging
    .AddSimpleConsole(console => console.SingleLine = true)
    .SetMinimumLevel(LogLevel.Warning)
    .AddFilter("SeedOrleans", LogLevel.Information)
    // Clients and silos that end without a goodbye are everyday here, and so are busy cores.
    .AddFilter("Orleans.Runtime.Messaging", LogLevel.Error)
    .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error)
    .AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
    console => console.LogToStandardErrorThreshold = LogLevel.Trace);
// A silo whose parent is gone has nothing to hand over; any other first drains, and then Orleans has its time.
builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainTime + TimeSpan.FromSeconds(options.DiesWithParent ? 1 : 5));
builder.UseOrleans(silo => (options.Storage is null ? silo.UseSingleSilo(options) : silo.UseSharedStorage(options, store)).AddSeed(options, store));
if (options.DiesWithParent)
    builder.Services.AddHostedService<ParentWatch>();

using var host = builder.Build();
await host.StartAsync();
Console.WriteLine($"ready gateway={options.Addresses.Gateway} silo={options.Addresses.Silo} pid={Environment.ProcessId}");
await host.WaitForShutdownAsync();
return 0;
