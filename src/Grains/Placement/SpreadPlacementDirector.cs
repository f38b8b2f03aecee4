using System.Globalization;
using Orleans.Runtime.Placement;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Grains.Placement;

/// <inheritdoc cref="SpreadPlacement"/>
internal sealed class SpreadPlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        if (IPlacementDirector.GetPlacementHint(target.RequestContextData, context.GetCompatibleSilos(target)) is { } hinted)
            return Task.FromResult(hinted);

        var silos = context.GetCompatibleSilos(target).Order().ToArray();
        return Task.FromResult(silos[PlaceOf(target.GrainIdentity.Key.ToString()!, silos.Length)]);
    }

    /// <param name="key"><c>RUN/…/NUMBER</c>. Runs begin at different silos, so that small ones do not all lie on the first.</param>
    internal static int PlaceOf(string key, int silos)
    {
        var slash = key.LastIndexOf('/');
        var number = int.Parse(key.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        var first = (int)(AddressedRandom.Hash(key[..key.IndexOf('/', StringComparison.Ordinal)]) % (ulong)silos);
        return (first + number) % silos;
    }
}
