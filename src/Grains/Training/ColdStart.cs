using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Algorithms;
using SeedOrleans.Engine.Data;
using SeedOrleans.GrainInterfaces.Training;

namespace SeedOrleans.Grains.Training;

/// <summary>Supervised fine-tuning on worked solutions, in the same order for every layout.</summary>
internal sealed class ColdStart(RankGroup ranks, ColdStartSpec spec, RunData data)
{
    public double LearningRateAt(int step) => LearningRate.At(spec.Optimizer, step, spec.Steps);

    /// <param name="step">Counted from 0.</param>
    public Task<UpdateReport> StepAsync(int step, CancellationToken cancellationToken)
    {
        var first = (long)step * spec.BatchSize;
        var batch = SupervisedBatch.Assemble(
        [
            .. Enumerable.Range(0, spec.BatchSize).Select(place => data.TrainingDemonstration(first + place))
                .Select(shown => (shown.Prompt.Tokens, shown.ResponseTokens)),
        ]);

        return ranks.UpdateAsync(TrainingPhase.Supervised, batch, spec.Optimizer, LearningRateAt(step), cancellationToken);
    }
}
