namespace SeedOrleans.Engine.Rewards.Code;

/// <summary>A test's verdict, in the words of online judges.</summary>
public enum CodeVerdict
{
    /// <summary>AC.</summary>
    Accepted,

    /// <summary>WA.</summary>
    WrongAnswer,

    /// <summary>TLE: processor time, or time on the wall.</summary>
    TimeLimit,

    /// <summary>MLE.</summary>
    MemoryLimit,

    /// <summary>OLE.</summary>
    OutputLimit,

    /// <summary>RE: an exception, a crash, an exit code.</summary>
    RuntimeError,

    /// <summary>CE: it does not compile, or there is no program.</summary>
    CompileError,

    /// <summary>SV: a system call that a program must not make.</summary>
    SecurityViolation,
}
