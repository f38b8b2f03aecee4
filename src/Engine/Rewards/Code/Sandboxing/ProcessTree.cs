using System.Globalization;

namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>What all processes below another hold of memory, as the kernel tells it (/proc, see proc(5)).</summary>
internal static class ProcessTree
{
    private static readonly (string Name, long Size)[] Folders = [("tmp", SandboxLimits.TemporaryBytes), ("dev/shm", SandboxLimits.SharedBytes)];

    /// <summary>
    /// A quick sum counts what processes share for each of them; only where that is too much are shared pages parted among those who share them.
    /// Files in memory count in full.
    /// </summary>
    public static bool HoldsMoreThan(long bytes, int root)
    {
        var processes = Below(root);
        if (processes.Count == 0)
            return false;

        var files = Files(processes[^1]);
        return processes.Sum(Resident) + files > bytes && processes.Sum(process => Proportional(process) ?? Resident(process)) + files > bytes;
    }

    private static List<int> Below(int root)
    {
        List<int> found = [root];
        for (var at = 0; at < found.Count; at++)
            found.AddRange(Children(found[at]));

        found.RemoveAt(0);
        return found;
    }

    /// <summary>Those that any of its threads started.</summary>
    private static int[] Children(int process) => Try(
        () => Directory.EnumerateDirectories($"/proc/{process}/task")
            .SelectMany(thread => Try(() => File.ReadAllText($"{thread}/children"), "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture)).ToArray(),
        []);

    /// <summary>The second number of statm, in pages.</summary>
    private static long Resident(int process) => Try(
        () => long.Parse(File.ReadAllText($"/proc/{process}/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize, 0);

    /// <returns>Null where this process may not look.</returns>
    private static long? Proportional(int process) => Try<long?>(
        () => File.ReadLines($"/proc/{process}/smaps_rollup").First(line => line.StartsWith("Pss:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kibibytes, ..] ? long.Parse(kibibytes, CultureInfo.InvariantCulture) << 10 : null,
        null);

    /// <summary>A folder of another size is not the sandbox's, which is then still being made.</summary>
    /// <returns>0 where this process may not look: files then have their own bound alone.</returns>
    private static long Files(int process) => Folders.Sum(folder => Try(
        () => new DriveInfo($"/proc/{process}/root/{folder.Name}") is var drive && drive.TotalSize == folder.Size ? drive.TotalSize - drive.TotalFreeSpace : 0, 0));

    /// <summary>Processes end while they are looked at.</summary>
    private static T Try<T>(Func<T> read, T otherwise)
    {
        try
        {
            return read();
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or InvalidOperationException or IndexOutOfRangeException)
        {
            return otherwise;
        }
    }
}
