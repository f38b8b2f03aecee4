using System.Reflection;

namespace SeedOrleans.Engine.Rewards.Code;

/// <summary>The Python programs that come with this assembly.</summary>
internal static class Drivers
{
    /// <param name="name">A file of the folder Drivers.</param>
    public static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"rewards/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
