namespace SeedOrleans.Providers.Membership;

/// <summary>What a silo tells the others of itself before it joins them.</summary>
/// <param name="DeviceSlots">Ranks and workers that it can compute for at once; 0 where it only judges.</param>
/// <param name="Line"><c>HOST:PORT</c>, where the others keep a connection to it so that they know at once when it is gone.</param>
/// <param name="CanIsolate">It can run programs that are not trusted.</param>
public sealed record SiloCard(int DeviceSlots, string Line, bool CanIsolate = false);
