using System.Diagnostics;
using System.Globalization;

namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>Starts programs that are not trusted in bubblewrap: namespaces of their own for everything, and nothing of this machine but its programs.</summary>
/// <remarks>
/// No network, no files but /usr and the program's folder, both read-only, and an empty temporary folder; an empty environment; no /proc, which
/// would show the sandbox's own environment; no privileges; the filter of <see cref="SeccompFilter"/>; limits of the kernel. When bubblewrap ends,
/// or whoever started it, every process in the sandbox ends. Each run gets a user number of its own where this process may give one, since the
/// kernel counts processes by user.
/// </remarks>
internal sealed class Bubblewrap : IDisposable
{
    /// <summary>Numbers that no account has; so many runs are at once.</summary>
    private const int FirstUser = 0x5000_0000, Users = 0x1000_0000;

    /// <summary>bubblewrap's own: one outside, one that is the sandbox's first.</summary>
    private const int OwnProcesses = 3;

    /// <summary>
    /// Limits, then the sandbox. $1: seconds, $2: KiB of memory, $3: processes, $4: blocks of 512 bytes a file, $5: the filter's file; what follows goes to bubblewrap.
    /// </summary>
    private const string Script =
        "ulimit -c 0; ulimit -t $1; ulimit -v $2; ulimit -p $3; ulimit -f $4; exec 9<\"$5\"; shift 5; exec bwrap --seccomp 9 \"$@\"";

    private static readonly string[] Walls =
    [
        "--unshare-all", "--unshare-user", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--uid", "65534", "--gid", "65534", "--clearenv",
        "--hostname", "sandbox", "--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64",
        "--dev", "/dev", "--size", SandboxLimits.TemporaryBytes.ToString(CultureInfo.InvariantCulture), "--tmpfs", "/tmp", "--chdir", "/tmp",
        "--setenv", "PATH", "/usr/bin", "--setenv", "LANG", "C.UTF-8", "--setenv", "HOME", "/tmp",
    ];

    private static int _runs = Environment.ProcessId << 8;

    private readonly ProgramFolder _filter = new();
    private readonly int _otherProcesses = Environment.IsPrivilegedProcess ? 0 : ThreadsOfThisUser();

    /// <exception cref="SandboxMissingException">This machine has no system calls that <see cref="SeccompFilter"/> knows.</exception>
    public Bubblewrap()
    {
        _filter.Add("filter", SeccompFilter.ForThisMachine() ?? throw new SandboxMissingException("its processor is neither x64 nor arm64"));
    }

    /// <param name="folder">The program's; null where it needs none.</param>
    /// <param name="command">A program of /usr and its arguments.</param>
    /// <returns>Started, with its three streams redirected.</returns>
    public Process Start(ProgramFolder? folder, SandboxLimits limits, params ReadOnlySpan<string> command)
    {
        List<string> arguments = [];
        if (Environment.IsPrivilegedProcess)
        {
            var user = string.Create(CultureInfo.InvariantCulture, $"{FirstUser + ((uint)Interlocked.Increment(ref _runs) % Users)}");
            arguments.AddRange(["setpriv", $"--reuid={user}", $"--regid={user}", "--clear-groups", "--no-new-privs"]);
        }

        arguments.AddRange(["/bin/sh", "-c", Script, "sandbox"]);
        arguments.AddRange(
        [
            Whole(Math.Ceiling(limits.CpuTime.TotalSeconds)), Whole(limits.MemoryBytes / 1024), Whole(limits.Processes + OwnProcesses + _otherProcesses),
            Whole(SandboxLimits.TemporaryBytes / 512), Path.Combine(_filter.Path, "filter"),
        ]);
        arguments.AddRange(Walls);
        if (folder is not null)
            arguments.AddRange(["--ro-bind", folder.Path, ProgramFolder.Inside]);

        // Last, since what stands in the root had to be made there.
        arguments.AddRange(["--remount-ro", "/", "--"]);
        arguments.AddRange(command);

        var start = new ProcessStartInfo(arguments[0], arguments.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        var path = start.Environment["PATH"];
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        return Process.Start(start)!;
    }

    public void Dispose() => _filter.Dispose();

    private static string Whole(double number) => number.ToString("F0", CultureInfo.InvariantCulture);

    /// <summary>A limit counts all of a user's threads; where the user stays the same, those that are there already are added.</summary>
    private static int ThreadsOfThisUser() => Process.GetProcesses().Sum(process =>
    {
        using (process)
        {
            try
            {
                return process.Threads.Count;
            }
            catch (Exception gone) when (gone is InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                return 0;
            }
        }
    });
}
