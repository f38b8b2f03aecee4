using System.Text;

namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>A folder of this machine that a sandbox shows, read-only, as <see cref="Inside"/>. Deleted with this object.</summary>
internal sealed class ProgramFolder : IDisposable
{
    public const string Inside = "/work";

    private const UnixFileMode Shown = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("seed-code-");

    public ProgramFolder() => Show(_folder.FullName);

    /// <returns>What runs a file of this folder as a Python program, whatever the machine's own environment says.</returns>
    public static string[] Python(string file, params ReadOnlySpan<string> arguments) =>
        ["/usr/bin/python3", "-I", "-B", $"{Inside}/{file}", .. arguments];

    public string Path => _folder.FullName;

    public void Add(string name, string text) => Add(name, Encoding.UTF8.GetBytes(text));

    public void Add(string name, byte[] bytes)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, bytes);
        Show(path);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Sandboxes are other users'.</summary>
    private static void Show(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, Shown);
    }
}
