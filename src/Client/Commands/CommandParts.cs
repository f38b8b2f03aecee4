using System.CommandLine;
using SeedOrleans.Engine.Storage;

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

    public static Option<bool> Watch() => new("--watch") { Description = "Follow the run to its end." };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON lines." };

    /// <summary>A storage to work on, which may not exist yet; a folder comes out as an absolute path.</summary>
    public static Option<string?> NewStorage(string description) => new("--storage")
    {
        Description = description,
        HelpName = "PLACE",
        CustomParser = result =>
        {
            var place = result.Tokens.Single().Value;
            try
            {
                BlobStorePlace.Open(place);
            }
            catch (Exception refused) when (refused is FormatException or ArgumentException)
            {
                result.AddError(refused.Message);
            }

            return place.StartsWith(BlobStorePlace.AzurePrefix, StringComparison.Ordinal) ? place : Path.GetFullPath(place);
        },
    };

    public static Option<string> DataFolder() => new("--data")
    {
        Description = "Folder for runs and the silo's log.",
        DefaultValueFactory = _ => "./runs",
        HelpName = "FOLDER",
    };
}
