using System.Globalization;
using Orleans.Runtime.Placement;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Grains.Placement;

/// <inheritdoc cref="SpreadPlacement"/>
internal sealed class SpreadPlacementDirector(ISiloRoster roster) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var compatible = context.GetCompatibleSilos(target);
        if (IPlacementDirector.GetPlacementHint(target.RequestContextData, compatible) is { } hinted)
            return Task.FromResult(hinted);

        var living = roster.Living.ToDictionary(silo => silo.Address);
        var silos = compatible.Order().Select(silo => living.GetValueOrDefault(silo) ?? new SiloState(silo, "", DeviceSlots: 1, IsDraining: false)).ToArray();
        SiloState[] able = [.. silos.Where(silo => silo.DeviceSlots > 0)];
        SiloState[] staying = [.. able.Where(silo => !silo.IsDraining)];
        if (able.Length == 0)
            throw new OrleansException("No silo of this cluster has device slots, and ranks and workers need one: start a silo without --device-slots 0.");

        return Task.FromResult(SlotOf(target.GrainIdentity.Key.ToString()!, staying.Length > 0 ? staying : able));
    }

    /// <param name="key"><c>RUN/…/NUMBER</c>. Runs begin at different silos, so that small ones do not all lie on the first.</param>
    /// <param name="silos">At least one, in an order that every silo agrees on.</param>
    internal static SiloAddress SlotOf(string key, IReadOnlyList<SiloState> silos)
    {
        var number = int.Parse(key.AsSpan(key.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        var first = (int)(AddressedRandom.Hash(key[..key.IndexOf('/', StringComparison.Ordinal)]) % (ulong)silos.Count);
        var left = number % silos.Sum(silo => silo.DeviceSlots);
        for (var slot = 0; ; slot++)
            for (var at = 0; at < silos.Count; at++)
                if (silos[(first + at) % silos.Count] is var silo && silo.DeviceSlots > slot && left-- == 0)
                    return silo.Address;
    }
}
