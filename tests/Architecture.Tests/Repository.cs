using System.Runtime.CompilerServices;

namespace SeedOrleans.Architecture.Tests;

/// <summary>Where the sources lie that these tests read.</summary>
internal static class Repository
{
    public static string Source(params ReadOnlySpan<string> path) => Path.Combine([Root(), "src", .. path]);

    private static string Root([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
