using SeedOrleans.Engine.Models.Sharding;
using SeedOrleans.Engine.Parallelism;
using TorchSharp;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Training;

/// <summary>Scales a gradient that is too long down to a given length (Pascanu et al., arXiv:1211.5063, Algorithm 1).</summary>
internal static class GradientNorm
{
    /// <param name="kept">Of this rank; every number of the model is kept by exactly one, so squares add up over ranks.</param>
    /// <returns>The norm over all ranks; the same on each.</returns>
    public static double Of(IEnumerable<KeptStretch> kept, ICommunicator world, CancellationToken cancellationToken)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();

        var squares = tensor(kept.Sum(stretch => Math.Pow(stretch.Gradients.norm().ToDouble(), 2)), float64).view(1);
        if (world.Size > 1)
            world.AllReduceSum(squares, cancellationToken);

        return Math.Sqrt(squares.ToDouble());
    }

    /// <param name="norm">Of the gradients as they are.</param>
    /// <param name="lossScale">That they are larger by than they should be.</param>
    /// <param name="maximum">Longest gradient; 0 clips nothing.</param>
    /// <returns>The gradients' norm, as it should be, before clipping.</returns>
    /// <exception cref="NumericalFailureException">It is not finite.</exception>
    public static double Clip(IEnumerable<KeptStretch> kept, double norm, double lossScale, double maximum)
    {
        if (!double.IsFinite(norm))
            throw new NumericalFailureException("the gradient's norm", norm);

        using var guard = no_grad();
        var length = norm / lossScale;
        var factor = (maximum > 0 && length > maximum ? maximum / length : 1) / lossScale;
        if (factor != 1)
            foreach (var stretch in kept)
                stretch.Gradients.mul_(factor);

        return length;
    }
}
