using Orleans.Runtime.Placement;

namespace SeedOrleans.Grains.Placement;

/// <summary>Where actors are, and where they should be.</summary>
internal static class GrainPlaces
{
    /// <returns>The silo that a grain runs on, as <see cref="SiloAddress.FromParsableString"/> reads it.</returns>
    public static string Silo(this Grain grain) => grain.GrainContext.Address.SiloAddress!.ToParsableString();

    /// <summary>Makes a call that, where it is the one to bring an actor to life, does so on a silo. Null leaves that to placement.</summary>
    public static async Task<T> OnAsync<T>(SiloAddress? silo, Func<Task<T>> call)
    {
        if (silo is null)
            return await call();

        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
        try
        {
            return await call();
        }
        finally
        {
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        }
    }
}
