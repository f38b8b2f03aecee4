using System.Globalization;
using System.Runtime.InteropServices;

namespace SeedOrleans.Client.LocalClusters;

/// <summary>Processes that this one did not start, or no longer holds.</summary>
internal static partial class ProcessTable
{
    public const int Terminate = 15, Kill = 9, Stop = 19, Continue = 18;

    /// <returns>When the process was started, in ticks since boot; null where there is none, or it has ended.</returns>
    public static long? StartOf(int pid)
    {
        try
        {
            // The second field, the program's name, may hold spaces and parentheses.
            var fields = File.ReadAllText($"/proc/{pid}/stat");
            var rest = fields[(fields.LastIndexOf(')') + 2)..].Split(' ');
            return rest[0] == "Z" ? null : long.Parse(rest[19], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <returns>False where there is no such process.</returns>
    public static bool Signal(int pid, int signal) => Send(pid, signal) == 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
