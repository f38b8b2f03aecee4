using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data.Tasks;
using SeedOrleans.Engine.Specs;

namespace SeedOrleans.Client.Commands;

/// <summary>Reads a spec for a command, or ends the command with all that is wrong with it.</summary>
internal static class SpecLoading
{
    public static RunSpec Load(string file, IReadOnlyList<string> overrides)
    {
        var reading = Read(file, overrides);
        return reading.Spec ?? throw new CommandFailedException(ExitCode.Usage, string.Join('\n', reading.Errors));
    }

    public static SpecReading Read(string file, IReadOnlyList<string> overrides) =>
        RunSpecReader.Read(file, overrides, TaskCatalog.All.ToDictionary(task => task.Name, task => task.MaxDifficulty));
}
