namespace SeedOrleans.Engine.Models;

/// <summary>Weights that the last of their holders frees. Whoever makes them is the first.</summary>
internal sealed class SharedWeights(ModelWeights weights)
{
    private readonly Lock _counting = new();
    private int _holders = 1;

    public ModelWeights Weights => weights;

    /// <returns>Null where the last holder has gone.</returns>
    public PolicyLease? TryLease()
    {
        lock (_counting)
        {
            if (_holders == 0)
                return null;

            _holders++;
            return new PolicyLease(this);
        }
    }

    public void Release()
    {
        lock (_counting)
            if (--_holders > 0)
                return;

        weights.Dispose();
    }
}
