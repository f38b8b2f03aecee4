using Orleans.Concurrency;

namespace SeedOrleans.GrainInterfaces;

/// <summary>An actor that a run's controller places.</summary>
[Alias("seed.movable")]
public interface IMovableGrain : IGrainWithStringKey
{
    /// <summary>Brings it to life where it is not alive, at the placement hint of the request's context where there is one.</summary>
    [Alias("locate"), AlwaysInterleave]
    Task<ActorPlace> LocateAsync(CancellationToken cancellationToken);

    /// <summary>Sends it to the placement hint of the request's context; one that is at work stays.</summary>
    /// <remarks>Returns before it has gone. A call that follows a stop may revive the actor where it was, since callers remember its address.</remarks>
    [Alias("move"), AlwaysInterleave]
    Task MoveAsync(CancellationToken cancellationToken);
}
