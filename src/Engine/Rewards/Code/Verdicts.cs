using SeedOrleans.Engine.Rewards.Code.Sandboxing;

namespace SeedOrleans.Engine.Rewards.Code;

/// <summary>From how a program ended to what a judge calls that.</summary>
internal static class Verdicts
{
    private const int MaxNote = 400;

    /// <returns>Null where the program ended well, so that its output decides.</returns>
    public static CodeVerdict? Of(SandboxOutcome outcome) => outcome.Ending switch
    {
        SandboxEnding.Exited when outcome.ExitCode == 0 => null,
        SandboxEnding.OutOfTime => CodeVerdict.TimeLimit,
        SandboxEnding.OutOfMemory => CodeVerdict.MemoryLimit,
        SandboxEnding.TooMuchOutput => CodeVerdict.OutputLimit,
        SandboxEnding.Violation => CodeVerdict.SecurityViolation,
        _ when IsOutOfMemory(outcome.Error) => CodeVerdict.MemoryLimit,
        _ when IsNoProgram(outcome) => CodeVerdict.CompileError,
        _ => CodeVerdict.RuntimeError,
    };

    /// <returns>The end of what it complained about, else how it ended.</returns>
    public static string Note(SandboxOutcome outcome)
    {
        var error = outcome.Error.Trim();
        return error.Length == 0 ? $"{outcome.Ending}, exit code {outcome.ExitCode}" : error.Length > MaxNote ? error[^MaxNote..] : error;
    }

    /// <param name="line">What Python says of an exception: its name first.</param>
    public static bool IsSyntaxError(string line) =>
        line.StartsWith("SyntaxError", StringComparison.Ordinal) || line.StartsWith("IndentationError", StringComparison.Ordinal);

    /// <summary>What Python and C++ say of it. A program that only pretends gains nothing: it has failed either way.</summary>
    private static bool IsOutOfMemory(string error) =>
        LastLine(error).StartsWith("MemoryError", StringComparison.Ordinal) || error.Contains("std::bad_alloc", StringComparison.Ordinal);

    private static bool IsNoProgram(SandboxOutcome outcome) =>
        outcome.Output.Length == 0 && IsSyntaxError(LastLine(outcome.Error));

    private static string LastLine(string error) => error.TrimEnd().Split('\n')[^1];
}
