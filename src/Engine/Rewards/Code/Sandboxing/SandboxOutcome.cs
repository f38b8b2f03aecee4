namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>What a program left behind.</summary>
/// <param name="ExitCode">0 is a program's own word for success.</param>
/// <param name="Error">The end of what it wrote to standard error.</param>
/// <param name="Time">By the clock on the wall, with the making of the sandbox.</param>
public sealed record SandboxOutcome(SandboxEnding Ending, int ExitCode, byte[] Output, string Error, TimeSpan Time)
{
    public bool IsSuccess => Ending == SandboxEnding.Exited && ExitCode == 0;
}
