namespace SeedOrleans.Client;

/// <summary>What the process tells the shell; docs/console.md promises these.</summary>
internal static class ExitCode
{
    public const int Fine = 0;
    public const int RunFailed = 1;
    public const int Usage = 2;
    public const int NotFound = 3;
    public const int ClusterUnreachable = 4;

    /// <summary>128 + SIGINT, as shells say it.</summary>
    public const int Interrupted = 130;
}
