using System.CommandLine;
using SeedOrleans.Client.Commands;

namespace SeedOrleans.Client.DataTools;

/// <summary><c>seed data</c>: tools for files of questions.</summary>
internal static class DataCommand
{
    public static Command Create(CommandServices services) => new("data", "Look at, check, clean and make files of questions.")
    {
        InspectDataCommand.Create(services),
        ValidateDataCommand.Create(services),
        CleanCommand.Create(services),
        MakeCommand.Create(services),
        DedupeCommand.Create(services),
    };
}
