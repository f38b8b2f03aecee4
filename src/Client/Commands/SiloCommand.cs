using System.CommandLine;

namespace SeedOrleans.Client.Commands;

/// <summary><c>seed silo</c>: a host process in the foreground; what it is given, it passes on.</summary>
internal static class SiloCommand
{
    public static Command Create(CommandServices services)
    {
        var gateway = new Option<int>("--gateway-port") { Description = "Port for clients; 0 takes a free one.", DefaultValueFactory = _ => 30000, HelpName = "PORT" };
        var silo = new Option<int>("--silo-port") { Description = "Port for other silos; 0 takes a free one.", DefaultValueFactory = _ => 11111, HelpName = "PORT" };
        var data = CommandParts.DataFolder();
        var rest = new Argument<string[]>("options") { Description = "Further options of the silo, after --.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("silo", "Run a silo in the foreground.") { gateway, silo, data, rest };

        command.SetAction((parsed, cancellationToken) => services.Silos.RunInForegroundAsync(
            [
                "--silo-port", $"{parsed.GetValue(silo)}",
                "--gateway-port", $"{parsed.GetValue(gateway)}",
                "--data", Path.GetFullPath(parsed.GetRequiredValue(data)),
                .. parsed.GetValue(rest) ?? [],
            ],
            cancellationToken));

        return command;
    }
}
