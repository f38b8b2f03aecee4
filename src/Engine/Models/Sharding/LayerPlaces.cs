using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models.Sharding;

/// <summary>Memory that layers take turns in: one with the layer that computes, one with the layer before or after it.</summary>
/// <param name="numbers">Of the largest layer.</param>
/// <param name="type">Of what lies here: weights, or their gradients.</param>
internal sealed class LayerPlaces(long numbers, ScalarType type) : IDisposable
{
    private readonly LayerPlace[] _places = [new(numbers, type), new(numbers, type)];

    /// <summary>Neighbours never have the same.</summary>
    public LayerPlace this[int layer] => _places[layer % _places.Length];

    /// <summary>What lies here is of no use any more, since weights change.</summary>
    public void Forget() => Array.ForEach(_places, place => place.Layer = null);

    /// <summary>Gives the memory back until somebody needs it.</summary>
    public void Rest()
    {
        Forget();
        Array.ForEach(_places, place => place.Rest());
    }

    public void Dispose() => Array.ForEach(_places, place => place.Memory.Dispose());
}

/// <summary>Room for one layer.</summary>
internal sealed class LayerPlace(long numbers, ScalarType type)
{
    /// <summary>[numbers].</summary>
    public Tensor Memory { get; } = zeros(numbers, type).DetachFromDisposeScope();

    /// <summary>Whose numbers lie here, or are on their way; null where nobody's do.</summary>
    public int? Layer { get; set; }

    /// <summary>The memory is the system's.</summary>
    private bool IsResting { get; set; }

    /// <summary>The last call that reads or writes the memory.</summary>
    public PendingCall Pending { get; set; } = PendingCall.None;

    /// <summary>Before anything is written here.</summary>
    public void Use()
    {
        if (IsResting)
            TensorPages.Take(Memory);

        IsResting = false;
    }

    /// <summary>Gives the memory back until somebody uses it.</summary>
    public void Rest()
    {
        Pending.Wait();
        if (!IsResting)
            TensorPages.Free(Memory);

        IsResting = true;
    }
}
