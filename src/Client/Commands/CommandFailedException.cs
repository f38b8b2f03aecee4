namespace SeedOrleans.Client.Commands;

/// <summary>A command cannot go on for a reason that its user can mend.</summary>
internal sealed class CommandFailedException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
