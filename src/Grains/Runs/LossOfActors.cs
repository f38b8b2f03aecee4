using System.Net.Sockets;
using SeedOrleans.Engine.Storage;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.Grains.Rollout;
using SeedOrleans.Grains.Training;

namespace SeedOrleans.Grains.Runs;

/// <summary>Tells a death in the cluster or a store that does not answer, after which a run goes on, from a fault of the run itself, after which it cannot.</summary>
internal static class LossOfActors
{
    public static bool Is(Exception failure) =>
        failure is LostActorException or PolicyGoneException or DamagedCheckpointException or OrleansException or TimeoutException or SocketException
        || failure is BlobException and not (BlobDamagedException or BlobMissingException)
        || (failure is AggregateException several && several.InnerExceptions.Any(Is));
}
