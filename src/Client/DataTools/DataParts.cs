using System.CommandLine;
using SeedOrleans.Client.Commands;

namespace SeedOrleans.Client.DataTools;

/// <summary>Arguments and options that the commands of <c>seed data</c> share, made anew for each.</summary>
internal static class DataParts
{
    public static Argument<string> File() => new("file") { Description = "Questions: .jsonl or .parquet." };

    public static Argument<string[]> Files() => new("files") { Description = "Questions: .jsonl or .parquet.", Arity = ArgumentArity.OneOrMore };

    public static Option<string> Out() => new("--out") { Description = "Where to write, as JSON lines; whole or not at all.", HelpName = "FILE", Required = true };

    public static Option<string?> Report() => new("--report") { Description = "Where to write a line for each row that was dropped.", HelpName = "FILE" };

    public static Option<double> Near() => NumberOptions.Of("--near", "Least similarity of near duplicates; 1 leaves them in.", 0.1, 1, 0.8, "S");

    public static Option<string[]> Against() => new("--against")
    {
        Description = "Evaluation sets, whose questions must not be trained on.",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
    };
}
