namespace SeedOrleans.Engine.Models;

/// <summary>The right to read a policy version's weights until it is disposed. Not for two threads at once.</summary>
public sealed class PolicyLease : IDisposable
{
    private readonly SharedWeights _shared;
    private bool _isOver;

    internal PolicyLease(SharedWeights shared) => _shared = shared;

    public ModelWeights Weights => _isOver ? throw new ObjectDisposedException(nameof(PolicyLease)) : _shared.Weights;

    public void Dispose()
    {
        if (_isOver)
            return;

        _isOver = true;
        _shared.Release();
    }
}
