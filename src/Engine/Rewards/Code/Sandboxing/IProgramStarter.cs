namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>One way to start programs that are not trusted.</summary>
internal interface IProgramStarter
{
    /// <param name="folder">The program's; null where it needs none.</param>
    /// <param name="command">A program of /usr or of <see cref="ProgramFolder.Inside"/> and its arguments.</param>
    /// <exception cref="ZygoteDiedException">The sandbox that was to hold it is gone.</exception>
    Task<RunningProgram> StartAsync(ProgramFolder? folder, SandboxLimits limits, string[] command, CancellationToken cancellationToken);
}
