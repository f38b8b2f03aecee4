using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace SeedOrleans.Client.Commands;

/// <summary>Arguments and options that several commands share, made anew for each.</summary>
internal static class CommandParts
{
    public static Argument<string> SpecFile() => new("file") { Description = "A run spec, for example examples/quickstart.yaml." };

    public static Argument<string[]> Overrides() => new("overrides")
    {
        Description = "key.path=value, the last word on a key of the spec; for example training.steps=50.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Argument<string> RunId() => new("run") { Description = "A run's id, or as much of its beginning as is unique." };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON lines." };

    public static Option<string> DataFolder() => new("--data")
    {
        Description = "Folder for runs and the silo's log.",
        DefaultValueFactory = _ => "./runs",
        HelpName = "FOLDER",
    };

    public static Option<string> Address()
    {
        var option = new Option<string>("--address")
        {
            Description = "Gateway of a silo.",
            DefaultValueFactory = _ => "127.0.0.1:30000",
            HelpName = "HOST:PORT",
        };
        option.Validators.Add(CheckAddress);
        return option;
    }

    private static void CheckAddress(OptionResult result)
    {
        var address = result.GetValueOrDefault<string>() ?? "";
        var colon = address.LastIndexOf(':');

        if (colon <= 0 || !ushort.TryParse(address[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
            result.AddError($"'{address}' is no address; write HOST:PORT, for example 127.0.0.1:30000.");
    }
}
