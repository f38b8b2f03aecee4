using Orleans.Runtime.Placement;
using SeedOrleans.GrainInterfaces;

namespace SeedOrleans.Grains.Placement;

/// <summary>Where actors are, and where they should be.</summary>
internal static class GrainPlaces
{
    private const int MostMoves = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <returns>The silo that a grain runs on, as <see cref="SiloAddress.FromParsableString"/> reads it.</returns>
    public static string Silo(this Grain grain) => grain.GrainContext.Address.SiloAddress!.ToParsableString();

    /// <summary>Brings an idle actor to a silo; null takes it where it is, or wherever placement puts it.</summary>
    /// <returns>Where it is: elsewhere, if it would not move, which makes a run slower and changes nothing else.</returns>
    public static async Task<ActorPlace> BringAsync(IMovableGrain actor, SiloAddress? silo, CancellationToken cancellationToken)
    {
        if (silo is null)
            return await actor.LocateAsync(cancellationToken);

        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
        try
        {
            var place = await actor.LocateAsync(cancellationToken);
            for (var move = 0; place.Silo != silo.ToParsableString() && move < MostMoves; move++)
            {
                await actor.MoveAsync(cancellationToken);
                await Task.Delay(Pause, cancellationToken);
                place = await actor.LocateAsync(cancellationToken);
            }

            return place;
        }
        finally
        {
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        }
    }
}
