using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Models.Sharding;
using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Training;

/// <summary>AdamW over what a rank keeps (Loshchilov and Hutter, arXiv:1711.05101); matrices decay, the rest does not.</summary>
/// <remarks>Weights in bfloat16 get a float32 master copy that the updates add up in.</remarks>
internal sealed class AdamWOptimizer : IDisposable
{
    private readonly KeptStretch[] _stretches;
    private readonly Tensor[] _masters; // float32, by stretch; the weights themselves where they are float32
    private readonly Tensor[] _means;
    private readonly Tensor[] _variances;
    private readonly Tensor _step = zeros([], float32).DetachFromDisposeScope();
    private readonly bool _isOffloaded;

    /// <param name="stretches">Not owned; weights are updated in place.</param>
    /// <param name="offload">Where the optimizer's memory is between steps; in the process's if null.</param>
    public AdamWOptimizer(IEnumerable<KeptStretch> stretches, FileMemory? offload = null)
    {
        using var guard = no_grad();
        _isOffloaded = offload is not null;
        _stretches = [.. stretches];
        _masters = [.. _stretches.Select(stretch => IsItsOwnMaster(stretch) ? stretch.Weights : NewLike(stretch).copy_(stretch.Weights))];
        _means = [.. _stretches.Select(NewLike)];
        _variances = [.. _stretches.Select(NewLike)];
        PageOut();

        Tensor NewLike(KeptStretch stretch)
        {
            var count = stretch.Weights.numel();
            return (offload?.Allocate(count, ScalarType.Float32) ?? zeros(count)).DetachFromDisposeScope();
        }
    }

    /// <summary>Steps taken, a float32 scalar.</summary>
    public Tensor Steps => _step;

    /// <summary>What the optimizer remembers of each stretch, [count] each; the master only where the weights are not their own.</summary>
    public IEnumerable<(string Name, Tensor Flat, KeptStretch Stretch)> State()
    {
        foreach (var (at, stretch) in _stretches.Index())
        {
            yield return ("mean", _means[at], stretch);
            yield return ("variance", _variances[at], stretch);
            if (!IsItsOwnMaster(stretch))
                yield return ("master", _masters[at], stretch);
        }
    }

    /// <summary>With the stretches' gradients as they are.</summary>
    public void Step(OptimizerSpec spec, double learningRate)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();

        _step.add_(1);
        Update(decays: true, spec.WeightDecay);
        Update(decays: false, weightDecay: 0);
        foreach (var (at, stretch) in _stretches.Index())
            if (!IsItsOwnMaster(stretch))
                stretch.Weights.copy_(_masters[at]);

        PageOut();

        void Update(bool decays, double weightDecay)
        {
            int[] at = [.. Enumerable.Range(0, _stretches.Length).Where(place => _stretches[place].Decays == decays && _masters[place].numel() > 0)];
            if (at.Length > 0)
                FusedOperators.AdamWStep(
                    Of(_masters), Of([.. _stretches.Select(stretch => stretch.Gradients)]), Of(_means), Of(_variances), _step,
                    learningRate, spec.Beta1, spec.Beta2, weightDecay, spec.Epsilon);

            Tensor[] Of(Tensor[] tensors) => [.. at.Select(place => tensors[place])];
        }
    }

    public void Dispose()
    {
        foreach (var (master, stretch) in _masters.Zip(_stretches))
            if (!IsItsOwnMaster(stretch))
                master.Dispose();

        foreach (var tensor in (Tensor[])[.. _means, .. _variances, _step])
            tensor.Dispose();
    }

    private void PageOut()
    {
        if (_isOffloaded)
            foreach (var (_, flat, _) in State())
                FileMemory.PageOut(flat);
    }

    private static bool IsItsOwnMaster(KeptStretch stretch) => stretch.Weights.dtype == ScalarType.Float32;
}
