using System.Text;

namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>The files that a sandbox shows, read-only, as <see cref="Inside"/>. They come to lie on this machine's disk only where <see cref="Path"/> is asked for.</summary>
internal sealed class ProgramFolder : IDisposable
{
    public const string Inside = "/work";

    private const UnixFileMode Shown = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly List<(string Name, byte[] Bytes)> _files = [];
    private DirectoryInfo? _folder;

    public IReadOnlyList<(string Name, byte[] Bytes)> Files => _files;

    /// <summary>A folder with these files, deleted with this object.</summary>
    public string Path
    {
        get
        {
            if (_folder is null)
            {
                _folder = Directory.CreateTempSubdirectory("seed-code-");
                Show(_folder.FullName);
                foreach (var (name, bytes) in _files)
                    Write(name, bytes);
            }

            return _folder.FullName;
        }
    }

    /// <returns>What runs a file of this folder as a Python program, whatever the machine's own environment says.</returns>
    public static string[] Python(string file, params ReadOnlySpan<string> arguments) =>
        ["/usr/bin/python3", "-I", "-B", $"{Inside}/{file}", .. arguments];

    /// <summary>Lets other users see a file, since sandboxes are other users'.</summary>
    public static void Show(string path, UnixFileMode more = UnixFileMode.None)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, Shown | more);
    }

    public void Add(string name, string text) => Add(name, Encoding.UTF8.GetBytes(text));

    public void Add(string name, byte[] bytes)
    {
        _files.Add((name, bytes));
        if (_folder is not null)
            Write(name, bytes);
    }

    public void Dispose() => _folder?.Delete(recursive: true);

    private void Write(string name, byte[] bytes)
    {
        var path = System.IO.Path.Combine(_folder!.FullName, name);
        File.WriteAllBytes(path, bytes);
        Show(path);
    }
}
