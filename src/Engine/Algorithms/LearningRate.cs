using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Algorithms;

/// <summary>The learning rate of each optimizer step: a linear rise, then constant or half a cosine down.</summary>
/// <remarks>
/// Warm-up: lr·(step + 1)/warm-up, so that the first step moves and the last of the warm-up has the full rate. Cosine
/// (Loshchilov and Hutter, SGDR, arXiv:1608.03983, Eq. 5): the first step after the warm-up has the full rate, the last of
/// all has <see cref="OptimizerSpec.FinalFraction"/> of it.
/// </remarks>
public static class LearningRate
{
    /// <param name="step">Optimizer steps taken before this one.</param>
    /// <param name="totalSteps">Optimizer steps of the whole run.</param>
    public static double At(OptimizerSpec spec, int step, int totalSteps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(totalSteps);

        if (step < spec.WarmupSteps)
            return spec.LearningRate * (step + 1) / spec.WarmupSteps;

        return spec.Schedule switch
        {
            LearningRateSchedule.Constant => spec.LearningRate,
            LearningRateSchedule.Cosine => spec.LearningRate * CosineFraction(spec, step, totalSteps),
            _ => throw new ArgumentOutOfRangeException(nameof(spec), spec.Schedule, "No such schedule."),
        };
    }

    private static double CosineFraction(OptimizerSpec spec, int step, int totalSteps)
    {
        var steps = Math.Max(1, totalSteps - 1 - spec.WarmupSteps);
        var progress = Math.Min(1, (double)(step - spec.WarmupSteps) / steps);

        return spec.FinalFraction + ((1 - spec.FinalFraction) * (1 + Math.Cos(Math.PI * progress)) / 2);
    }
}
