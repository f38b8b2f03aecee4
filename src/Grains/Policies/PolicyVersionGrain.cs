using SeedOrleans.GrainInterfaces.Policies;
using SeedOrleans.Grains.Placement;

namespace SeedOrleans.Grains.Policies;

/// <inheritdoc cref="IPolicyVersionGrain"/>
[KeepAlive]
[AvoidDraining]
internal sealed class PolicyVersionGrain(PolicyStore policies) : Grain, IPolicyVersionGrain
{
    private readonly HashSet<string> _holders = [];
    private bool _isRetired;

    public Task LeaseAsync(string holder, CancellationToken cancellationToken)
    {
        _holders.Add(holder);
        return Task.CompletedTask;
    }

    public Task ReleaseAsync(string holder, CancellationToken cancellationToken)
    {
        _holders.Remove(holder);
        return FreeIfUnusedAsync(cancellationToken);
    }

    public Task RetireAsync(CancellationToken cancellationToken)
    {
        _isRetired = true;
        return FreeIfUnusedAsync(cancellationToken);
    }

    private async Task FreeIfUnusedAsync(CancellationToken cancellationToken)
    {
        if (!_isRetired || _holders.Count > 0)
            return;

        await policies.DeleteAsync(this.GetPrimaryKeyString(), cancellationToken);
        DeactivateOnIdle();
    }
}
