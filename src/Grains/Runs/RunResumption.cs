using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Ledgers;
using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Grains.Runs;

/// <summary>Says why a run cannot be resumed as somebody asks.</summary>
internal static class RunResumption
{
    /// <exception cref="RunRefusedException">It cannot.</exception>
    public static void Check(string runId, RunSpec spec, LedgerHead head, int? step)
    {
        if (step is null && head.Ending is null)
            throw new RunRefusedException($"Run {runId} is going on at step {head.Step}; name a step, {runId}@STEP, to go back to it.");

        if (step is null && head.Ending!.Status == RunStatus.Succeeded)
            throw new RunRefusedException(
                $"Run {runId} ended well after {head.Step} of {spec.Training.Steps} steps; name a step, {runId}@STEP, to go back to it, or fork the run with a larger training.steps.");

        var first = head.Branches[0].FirstStep - 1;
        if (step is { } wanted && (wanted < first || wanted > head.Step))
            throw new RunRefusedException($"Run {runId} has committed the steps {first} to {head.Step}, and {wanted} is none of them.");
    }
}
