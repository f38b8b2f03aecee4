using SeedOrleans.Engine.Parallelism;
using SeedOrleans.GrainInterfaces;

namespace SeedOrleans.Grains.Placement;

/// <inheritdoc cref="IMovableGrain"/>
/// <param name="listener">Where ranks in other processes reach this one's.</param>
internal abstract class MovableGrain(PeerListener listener) : Grain, IMovableGrain
{
    protected PeerListener Listener { get; } = listener;

    /// <summary>It was started and not stopped, and holds what cannot go with it.</summary>
    protected abstract bool IsAtWork { get; }

    public Task<ActorPlace> LocateAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new ActorPlace(this.Silo(), Listener.EndPoint));

    public Task MoveAsync(CancellationToken cancellationToken)
    {
        if (!IsAtWork)
            this.MigrateOnIdle();

        return Task.CompletedTask;
    }
}
