using SeedOrleans.Client.Views;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data.Tasks;
using SeedOrleans.Engine.Specs;

namespace SeedOrleans.Client.Commands;

/// <summary>Reads a spec for a command, or ends the command with all that is wrong with it.</summary>
internal static class SpecLoading
{
    private static Dictionary<string, int> Tasks => TaskCatalog.All.ToDictionary(task => task.Name, task => task.MaxDifficulty);

    public static RunSpec Load(string file, IReadOnlyList<string> overrides) => SpecOf(Read(file, overrides));

    public static SpecReading Read(string file, IReadOnlyList<string> overrides) => RunSpecReader.Read(file, overrides, Tasks);

    /// <summary>Lays overrides over a spec that was read before, as strictly as over a file's.</summary>
    /// <param name="name">Names the spec in errors.</param>
    public static RunSpec Change(RunSpec spec, string name, IReadOnlyList<string> overrides) =>
        SpecOf(RunSpecReader.Parse(RunJson.Spec(spec), name, overrides, Tasks)); // JSON is YAML.

    private static RunSpec SpecOf(SpecReading reading) =>
        reading.Spec ?? throw new CommandFailedException(ExitCode.Usage, string.Join('\n', reading.Errors));
}
