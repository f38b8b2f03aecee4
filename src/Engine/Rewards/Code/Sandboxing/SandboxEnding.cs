namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>How a program came to its end.</summary>
public enum SandboxEnding
{
    /// <summary>By itself, with whatever exit code.</summary>
    Exited,

    /// <summary>It used up its processor time, or all the time there was.</summary>
    OutOfTime,

    /// <summary>All of its processes and files together held more memory than they may.</summary>
    OutOfMemory,

    /// <summary>It wrote more than it may.</summary>
    TooMuchOutput,

    /// <summary>It made a forbidden system call.</summary>
    Violation,

    /// <summary>By a signal: a crash.</summary>
    Crashed,
}
