using System.CommandLine;

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
}
