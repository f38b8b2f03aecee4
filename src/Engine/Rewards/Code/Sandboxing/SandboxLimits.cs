namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>What one program may use.</summary>
/// <param name="CpuTime">Of each process, rounded up to whole seconds, which is as finely as the kernel counts.</param>
/// <param name="MemoryBytes">Address space of each process, and what all of them and their files hold together.</param>
/// <param name="Processes">And threads, at once.</param>
/// <param name="OutputBytes">To standard output; a program that writes more is stopped.</param>
public sealed record SandboxLimits(TimeSpan CpuTime, long MemoryBytes, int Processes, int OutputBytes)
{
    public static SandboxLimits Default { get; } = new(TimeSpan.FromSeconds(4), 1L << 30, 32, 1 << 20);

    /// <summary>Between looks at the memory of all processes together.</summary>
    public static readonly TimeSpan MemoryInterval = TimeSpan.FromMilliseconds(50);

    public int CpuSeconds => (int)Math.Ceiling(CpuTime.TotalSeconds);

    /// <summary>By the clock on the wall: long enough for a machine that many share, short enough for a program that only sleeps.</summary>
    public TimeSpan WallTime => TimeSpan.FromSeconds(5) + (3 * CpuTime);

    /// <summary>Of files in the program's own temporary folder, which lies in memory.</summary>
    public const long TemporaryBytes = 64 << 20;

    /// <summary>Of memory that processes share by name (/dev/shm).</summary>
    public const long SharedBytes = 16 << 20;

    /// <summary>Files, pipes and sockets that a process holds open.</summary>
    public const int Channels = 256;

    /// <summary>The most of standard error that is kept.</summary>
    public const int ErrorBytes = 16 << 10;
}
