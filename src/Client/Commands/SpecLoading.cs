using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Specs;

namespace SeedOrleans.Client.Commands;

/// <summary>Reads a spec for a command, or ends the command with all that is wrong with it.</summary>
internal static class SpecLoading
{
    public static RunSpec Load(CommandServices services, string file, IReadOnlyList<string> overrides)
    {
        var reading = Read(services, file, overrides);
        return reading.Spec ?? throw new CommandFailedException(ExitCode.Usage, string.Join('\n', reading.Errors));
    }

    public static SpecReading Read(CommandServices services, string file, IReadOnlyList<string> overrides) =>
        RunSpecReader.Read(file, overrides, [.. services.Tasks.Tasks.Select(task => task.Name)]);
}
