using System.Diagnostics;
using System.Globalization;

namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>Starts programs that are not trusted in bubblewrap: namespaces of their own for everything, and nothing of this machine but its programs.</summary>
/// <remarks>
/// No network, no files but /usr and the program's folder, both read-only, and an empty temporary folder; an empty environment; no /proc, which
/// would show the sandbox's own environment; no privileges; the filter of <see cref="SeccompFilter"/>; limits of the kernel. When bubblewrap ends,
/// or whoever started it, every process in the sandbox ends. Each gets a user number of its own where this process may give one, since the
/// kernel counts processes by user.
/// </remarks>
internal sealed class Bubblewrap : IProgramStarter, IDisposable
{
    /// <summary>Processes of a sandbox's own user that are not the program's: bubblewrap's outside and its first inside, and one that starts programs.</summary>
    public const int OwnProcesses = 3;

    /// <summary>Numbers that no account has; so many runs are at once.</summary>
    private const uint FirstUser = 0x5000_0000, Users = 0x1000_0000;

    /// <summary>Limits, then the sandbox. $1: seconds, $2: KiB of memory, $3: processes, $4: blocks of 512 bytes a file, $5: open files, $6: the filter's file; what follows goes to bubblewrap.</summary>
    private const string Script =
        "ulimit -c 0; ulimit -t $1; ulimit -v $2; ulimit -p $3; ulimit -f $4; ulimit -n $5; exec 9<\"$6\"; shift 6; exec bwrap --seccomp 9 \"$@\"";

    /// <summary>Without bubblewrap's own /dev, whose files lie in memory without bound.</summary>
    private static readonly string[] Walls =
    [
        "--unshare-all", "--unshare-user", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--uid", "65534", "--gid", "65534", "--clearenv",
        "--hostname", "sandbox", "--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64",
        .. ((string[])["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"]).SelectMany(device => (string[])["--dev-bind", device, device]),
        "--size", Whole(SandboxLimits.TemporaryBytes), "--tmpfs", "/tmp", "--size", Whole(SandboxLimits.SharedBytes), "--tmpfs", "/dev/shm", "--chdir", "/tmp",
        "--setenv", "PATH", "/usr/bin", "--setenv", "LANG", "C.UTF-8", "--setenv", "HOME", "/tmp",
    ];

    /// <summary>To make namespaces, and to give up for good what it takes to make them.</summary>
    private static readonly string[] ZygotePrivileges = ["--cap-add", "CAP_SYS_ADMIN", "--cap-add", "CAP_SETPCAP"];

    private static int _runs = Environment.ProcessId << 8;

    private readonly ProgramFolder _folder = new();
    private readonly int _otherProcesses = Environment.IsPrivilegedProcess ? 0 : ThreadsOfThisUser();

    /// <exception cref="SandboxMissingException">This machine has no system calls that <see cref="SeccompFilter"/> knows.</exception>
    public Bubblewrap() => _folder.Add("filter", Filter);

    /// <exception cref="SandboxMissingException">As of the constructor.</exception>
    public static byte[] Filter => SeccompFilter.ForThisMachine() ?? throw new SandboxMissingException("its processor is neither x64 nor arm64");

    /// <returns>A number that no other sandbox has; null where this process may not give one.</returns>
    public static uint? NewUser() => Environment.IsPrivilegedProcess ? FirstUser + ((uint)Interlocked.Increment(ref _runs) % Users) : null;

    public async Task<RunningProgram> StartAsync(ProgramFolder? folder, SandboxLimits limits, string[] command, CancellationToken cancellationToken)
    {
        string[] bounds =
        [
            Whole(limits.CpuSeconds), Whole(limits.MemoryBytes / 1024), Whole(limits.Processes + OwnProcesses + _otherProcesses),
            Whole(SandboxLimits.TemporaryBytes / 512), Whole(SandboxLimits.Channels), Path.Combine(_folder.Path, "filter"),
        ];
        string[] files = folder is null ? [] : ["--ro-bind", folder.Path, ProgramFolder.Inside];
        var process = await StartAsync([.. AsUser(NewUser()), "/bin/sh", "-c", Script, "sandbox", .. bounds, .. Walls, .. files, .. Command(command)]);
        return new BubblewrapProgram(process, limits);
    }

    /// <param name="folder">With the zygote, its drivers and its socket.</param>
    /// <returns>A sandbox that lasts until it is killed, or this process ends.</returns>
    public static Task<Process> StartZygoteAsync(ProgramFolder folder, uint? user)
    {
        string[] places = ["--ro-bind", folder.Path, "/zygote", "--dir", ProgramFolder.Inside];
        string[] command = [.. AsUser(user), "bwrap", .. Walls, .. ZygotePrivileges, .. places, .. Command(["/usr/bin/python3", "-I", "-B", "/zygote/zygote.py"])];
        return StartAsync(command);
    }

    public void Dispose() => _folder.Dispose();

    private static string[] AsUser(uint? user) =>
        user is null ? [] : ["setpriv", $"--reuid={Whole(user.Value)}", $"--regid={Whole(user.Value)}", "--clear-groups", "--no-new-privs"];

    /// <summary>After all else, since what stands in the root had to be made there.</summary>
    private static string[] Command(string[] command) => ["--remount-ro", "/", "--", .. command];

    private static Task<Process> StartAsync(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
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
        return StartingThread.StartAsync(start);
    }

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
