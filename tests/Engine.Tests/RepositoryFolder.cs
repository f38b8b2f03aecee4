namespace SeedOrleans.Engine.Tests;

/// <summary>Where files of the repository are that tests compare with.</summary>
internal static class RepositoryFolder
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "SeedOrleans.sln")))
            folder = System.IO.Path.GetDirectoryName(folder)!;

        return folder;
    }
}
