using Orleans.Placement;
using SeedOrleans.Engine.Models;
using SeedOrleans.GrainInterfaces.Policies;

namespace SeedOrleans.Grains.Policies;

/// <inheritdoc cref="IPolicyVersionGrain"/>
[KeepAlive, PreferLocalPlacement]
internal sealed class PolicyVersionGrain(PolicySnapshots snapshots) : Grain, IPolicyVersionGrain
{
    private readonly HashSet<string> _holders = [];
    private bool _isRetired;

    private string Key => this.GetPrimaryKeyString();

    public Task<bool> LeaseAsync(string holder, CancellationToken cancellationToken)
    {
        if (!snapshots.Contains(Key))
        {
            DeactivateOnIdle();
            return Task.FromResult(false);
        }

        _holders.Add(holder);
        return Task.FromResult(true);
    }

    public Task ReleaseAsync(string holder, CancellationToken cancellationToken)
    {
        _holders.Remove(holder);
        FreeIfUnused();
        return Task.CompletedTask;
    }

    public Task RetireAsync(CancellationToken cancellationToken)
    {
        _isRetired = true;
        FreeIfUnused();
        return Task.CompletedTask;
    }

    private void FreeIfUnused()
    {
        if (!_isRetired || _holders.Count > 0)
            return;

        snapshots.Remove(Key);
        DeactivateOnIdle();
    }
}
