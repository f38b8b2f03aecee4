using static TorchSharp.torch;

namespace SeedOrleans.Engine.Training;

/// <summary>Keeps the gradients of float16 weights out of that type's underflow: the loss is scaled up, and gradients down again once they are float32.</summary>
/// <remarks>
/// Micikevicius et al., Mixed Precision Training, arXiv:1710.03740, §3.2 and §4. The scale is a power of two, so scaling rounds nothing. It is
/// found as training goes: an update whose gradients overflow is left out and halves it, and 2,000 good updates in a row double it.
/// </remarks>
internal sealed class LossScale : IDisposable
{
    private const float First = 1 << 16, Most = 1 << 24;
    private const int Patience = 2000;

    /// <summary>[2], float32: the scale, and the good updates since it changed last.</summary>
    public Tensor State { get; } = tensor((float[])[First, 0]).DetachFromDisposeScope();

    public float Value => State.data<float>()[0];

    /// <summary>Called on every rank with the same number, so that all decide alike.</summary>
    /// <param name="gradientNorm">Of gradients that are still scaled.</param>
    /// <returns>Whether the optimizer may take its step; if not, the scale is smaller from now on.</returns>
    /// <exception cref="NumericalFailureException">Gradients overflow whatever the scale.</exception>
    public bool Accepts(double gradientNorm)
    {
        var state = State.data<float>();
        if (double.IsFinite(gradientNorm))
        {
            state[1]++;
            if (state[1] >= Patience)
                (state[0], state[1]) = (Math.Min(Most, 2 * state[0]), 0);

            return true;
        }

        if (state[0] <= 1)
            throw new NumericalFailureException("the gradient's norm, of a loss that is not scaled,", gradientNorm);

        (state[0], state[1]) = (state[0] / 2, 0);
        return false;
    }

    public void Dispose() => State.Dispose();
}
