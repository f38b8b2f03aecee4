using System.Globalization;
using SeedOrleans.Client;
using SeedOrleans.Client.Cluster;
using SeedOrleans.Client.Commands;
using SeedOrleans.Client.Silos;
using Spectre.Console;

// The same command prints the same bytes everywhere.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

using var interruption = new Interruption();
var console = new SeedConsole(Console.OpenStandardInput, Console.Out, Console.Error, !Console.IsOutputRedirected, () => AnsiConsole.Console);
var services = new CommandServices(console, new OrleansRunConnector(TimeProvider.System), new SiloLauncher(), TimeProvider.System);

return await new SeedCommandLine(services).RunAsync(args, interruption.Token);
