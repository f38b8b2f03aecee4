using SeedOrleans.Engine.Models.Sharding;
using SeedOrleans.Engine.Parallelism;
using TorchSharp;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Training;

/// <summary>Scales a gradient that is too long down to a given length (Pascanu et al., arXiv:1211.5063, Algorithm 1).</summary>
internal static class GradientNorm
{
    /// <param name="kept">Of this rank; every number of the model is kept by exactly one, so squares add up over ranks.</param>
    /// <param name="maximum">Longest gradient; 0 scales nothing.</param>
    /// <returns>The norm over all ranks before clipping; the same on each.</returns>
    /// <exception cref="NumericalFailureException">It is not finite.</exception>
    public static double Clip(IEnumerable<KeptStretch> kept, ICommunicator world, double maximum, CancellationToken cancellationToken)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();

        Tensor[] gradients = [.. kept.Select(stretch => stretch.Gradients)];
        var squares = tensor(gradients.Sum(gradient => Math.Pow(gradient.norm().ToDouble(), 2)), float64).view(1);
        if (world.Size > 1)
            world.AllReduceSum(squares, cancellationToken);

        var norm = Math.Sqrt(squares.ToDouble());
        if (!double.IsFinite(norm))
            throw new NumericalFailureException("the gradient's norm", norm);

        if (maximum > 0 && norm > maximum)
            foreach (var gradient in gradients)
                gradient.mul_(maximum / norm);

        return norm;
    }
}
