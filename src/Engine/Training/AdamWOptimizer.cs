using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Training;

/// <summary>AdamW over flat weights (Loshchilov and Hutter, arXiv:1711.05101); matrices decay, the rest does not.</summary>
/// <remarks>Weights in bfloat16 get a float32 master copy that the updates add up in.</remarks>
internal sealed class AdamWOptimizer : IDisposable
{
    private readonly Tensor _weights;
    private readonly Tensor _master; // float32; the weights themselves where they are float32
    private readonly Tensor _mean;
    private readonly Tensor _variance;
    private readonly Tensor _step = zeros([], float32).DetachFromDisposeScope();
    private readonly long _matrixCount;

    /// <param name="weights">[count], not owned, updated in place.</param>
    /// <param name="matrixCount">How many of its first numbers decay.</param>
    public AdamWOptimizer(Tensor weights, long matrixCount)
    {
        using var guard = no_grad();
        (_weights, _matrixCount) = (weights, matrixCount);
        _master = weights.dtype == ScalarType.Float32 ? weights : weights.to(float32).DetachFromDisposeScope();
        _mean = zeros_like(_master).DetachFromDisposeScope();
        _variance = zeros_like(_master).DetachFromDisposeScope();
    }

    /// <summary>Steps taken, a float32 scalar.</summary>
    public Tensor Steps => _step;

    /// <summary>What the optimizer remembers of each weight, [count] each; the master only where the weights are not their own.</summary>
    public IEnumerable<(string Name, Tensor Flat)> State()
    {
        yield return ("mean", _mean);
        yield return ("variance", _variance);
        if (!ReferenceEquals(_master, _weights))
            yield return ("master", _master);
    }

    /// <param name="gradients">[count], float32.</param>
    public void Step(Tensor gradients, OptimizerSpec spec, double learningRate)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();

        _step.add_(1);
        Update(0, _matrixCount, spec.WeightDecay);
        Update(_matrixCount, _master.numel() - _matrixCount, weightDecay: 0);
        if (!ReferenceEquals(_master, _weights))
            _weights.copy_(_master);

        void Update(long start, long count, double weightDecay) =>
            FusedOperators.AdamWStep(
                _master.narrow(0, start, count), gradients.narrow(0, start, count), _mean.narrow(0, start, count),
                _variance.narrow(0, start, count), _step, learningRate, spec.Beta1, spec.Beta2, weightDecay, spec.Epsilon);
    }

    public void Dispose()
    {
        if (!ReferenceEquals(_master, _weights))
            _master.Dispose();

        _mean.Dispose();
        _variance.Dispose();
        _step.Dispose();
    }
}
