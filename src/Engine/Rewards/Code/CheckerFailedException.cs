using SeedOrleans.Engine.Rewards.Code.Sandboxing;

namespace SeedOrleans.Engine.Rewards.Code;

/// <summary>A problem's checker said neither right nor wrong, which is the problem's fault and no response's.</summary>
public sealed class CheckerFailedException(SandboxOutcome outcome)
    : Exception($"The checker ended with {outcome.Ending}, exit code {outcome.ExitCode}: {outcome.Error.Trim()}. It should exit with 0 for right and 1 for wrong.");
