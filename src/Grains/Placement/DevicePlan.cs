namespace SeedOrleans.Grains.Placement;

/// <summary>Gives a run's ranks and workers to silos: onto free device slots, and evenly onto all where there are too few.</summary>
/// <remarks>Where an actor is decides how fast a run is, never what it computes.</remarks>
internal static class DevicePlan
{
    /// <param name="actors">To be placed, in this order.</param>
    /// <param name="staying">Silos of the run's actors that stay where they are, one for each.</param>
    /// <param name="silos">In an order that decides between equals; draining ones are taken only where there are no others, and those without slots never.</param>
    /// <returns>A silo for each of <paramref name="actors"/>; empty where no silo has slots.</returns>
    public static IReadOnlyDictionary<string, SiloAddress> Of(
        IEnumerable<string> actors, IEnumerable<SiloAddress> staying, IReadOnlyList<SiloLoad> silos)
    {
        SiloLoad[] able = [.. silos.Where(silo => silo.State.DeviceSlots > 0)];
        var open = able.Any(silo => !silo.State.IsDraining) ? able.Where(silo => !silo.State.IsDraining).ToArray() : able;
        var used = open.ToDictionary(silo => silo.State.Address, silo => silo.UsedByOthers);
        foreach (var silo in staying.Where(used.ContainsKey))
            used[silo]++;

        Dictionary<string, SiloAddress> plan = [];
        foreach (var actor in open.Length > 0 ? actors : [])
        {
            // The share of a slot that the actor would get, and then how many slots would be left.
            var best = open.MinBy(silo => (
                Math.Max(1.0, (used[silo.State.Address] + 1.0) / silo.State.DeviceSlots),
                used[silo.State.Address] - silo.State.DeviceSlots))!.State.Address;
            plan[actor] = best;
            used[best]++;
        }

        return plan;
    }

    /// <summary>How crowded slots are: lower is better, and moving one actor from a fuller silo to an emptier one lowers it.</summary>
    public static double Crowding(IEnumerable<SiloAddress> placed, IReadOnlyList<SiloLoad> silos)
    {
        var own = placed.CountBy(silo => silo).ToDictionary();
        return silos.Where(silo => silo.State.DeviceSlots > 0).Sum(silo =>
        {
            var share = (double)(silo.UsedByOthers + own.GetValueOrDefault(silo.State.Address)) / silo.State.DeviceSlots;
            return share * share;
        });
    }
}

/// <param name="UsedByOthers">Slots that other runs' ranks and workers have.</param>
internal sealed record SiloLoad(SiloState State, int UsedByOthers);
