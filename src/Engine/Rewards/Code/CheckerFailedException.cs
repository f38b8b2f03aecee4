using SeedOrleans.Engine.Rewards.Code.Sandboxing;

namespace SeedOrleans.Engine.Rewards.Code;

/// <summary>A problem's checker said neither right nor wrong, or its tests do not run, which is the problem's fault and no response's.</summary>
public sealed class CheckerFailedException : Exception
{
    /// <param name="outcome">Of the checker.</param>
    public CheckerFailedException(SandboxOutcome outcome)
        : base($"The checker ended with {outcome.Ending}, exit code {outcome.ExitCode}: {outcome.Error.Trim()}. It should exit with 0 for right and 1 for wrong.")
    {
    }

    /// <param name="error">What Python says of the statements that test, or of their setup.</param>
    public CheckerFailedException(string error)
        : base($"The statements that test the program do not run themselves: {error}. Correct them, or their setup.")
    {
    }
}
