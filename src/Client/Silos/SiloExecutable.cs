using System.Diagnostics;

namespace SeedOrleans.Client.Silos;

/// <summary>Finds the silo's program and starts it.</summary>
internal static class SiloExecutable
{
    private const string Variable = "SEED_SILO";

    /// <param name="options">After these it is told to end when its standard input closes, so that it cannot outlive us.</param>
    public static ProcessStartInfo Describe(IEnumerable<string> options)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, UseShellExecute = false };
        foreach (var argument in (string[])[Find(), .. options, "--die-with-parent"])
            start.ArgumentList.Add(argument);

        return start;
    }

    /// <exception cref="SiloFailedException">It was never built.</exception>
    public static string Find()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var file = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen
            ? chosen
            : Path.GetFullPath(Path.Combine(output.FullName, "..", "..", "Silo", output.Name, "SeedOrleans.Silo.dll"));

        return File.Exists(file)
            ? file
            : throw new SiloFailedException($"There is no silo program at {file}; build it with 'dotnet build src/Silo', or set {Variable} to its path.", "");
    }
}
