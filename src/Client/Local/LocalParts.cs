using System.CommandLine;
using SeedOrleans.Client.Commands;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Client.Local;

/// <summary>Options that the tools which compute in place share, made anew for each.</summary>
internal static class LocalParts
{
    public static Option<string> Model() => new("--model")
    {
        Description = "A model folder: config.json and safetensors.",
        HelpName = "DIR",
        Required = true,
    };

    /// <param name="keys">Of a line.</param>
    public static Option<string> Lines(string keys) => new("--in")
    {
        Description = $"JSON lines of {keys}; - is standard input.",
        HelpName = "FILE",
        Required = true,
    };

    public static Option<NumberFormat> Dtype() => WordOptions.Of<NumberFormat>("--dtype", "What to compute in.");
}
