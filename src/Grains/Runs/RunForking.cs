using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;
using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Grains.Runs;

/// <summary>Says why a run cannot be forked as somebody asks.</summary>
internal static class RunForking
{
    /// <exception cref="RunRefusedException">It cannot.</exception>
    public static void Check(RunSummary parent, RunSpec before, int step, RunSpec spec)
    {
        if (step < 0 || step > parent.Step)
            throw new RunRefusedException($"Run {parent.RunId} has committed the steps 0 to {parent.Step}, and {step} is none of them.");

        if (spec.Model.Path != before.Model.Path || spec.Model.Shape != before.Model.Shape || spec.Model.Dtype != before.Model.Dtype)
            throw new RunRefusedException($"The weights of {parent.RunId} fit its own model only; leave model.path, model.shape and model.dtype as they are.");

        if (spec.Model.Tokenizer != before.Model.Tokenizer)
            throw new RunRefusedException($"The weights of {parent.RunId} know its own tokens only; leave model.tokenizer as it is.");

        if (step > 0 && spec.Training.Steps <= step)
            throw new RunRefusedException($"A run forked at step {step} goes on from there; training.steps is {spec.Training.Steps} and must be more.");
    }
}
