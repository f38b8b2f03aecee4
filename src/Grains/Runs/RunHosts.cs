using System.Collections.Immutable;
using SeedOrleans.Domain.Runs;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.GrainInterfaces.Silos;
using SeedOrleans.Grains.Placement;

namespace SeedOrleans.Grains.Runs;

/// <summary>Where one life of a run has its actors, and whether they should rather be elsewhere.</summary>
internal sealed class RunHosts(ISiloRoster roster, IGrainFactory grains)
{
    private readonly HashSet<SiloAddress> _weighed = [];
    private RunPlaces? _places;

    public RunPlaces? Places => _places;

    /// <summary>Chooses silos for a run's ranks and workers; those that an earlier life left on living silos stay there.</summary>
    public async Task<IReadOnlyDictionary<string, SiloAddress>> PlanAsync(IEnumerable<string> actors, RunPlaces? before)
    {
        var living = roster.Living.Select(silo => silo.Address).ToHashSet();
        var staying = (before?.IsLeft ?? true ? [] : before.Actors)
            .Where(actor => actor.Name != RunPlaces.Controller)
            .Select(actor => (actor.Name, Silo: SiloAddress.FromParsableString(actor.Silo)))
            .Where(actor => living.Contains(actor.Silo))
            .ToDictionary(actor => actor.Name, actor => actor.Silo);
        var loads = await LoadsAsync(staying.Values);
        Weighed(loads);
        return DevicePlan.Of(actors.Where(actor => !staying.ContainsKey(actor)), staying.Values, loads);
    }

    /// <summary>Notes where the actors are.</summary>
    public RunPlaces Settle(long epoch, IEnumerable<(string Name, string Silo)> actors)
    {
        var names = roster.Living.ToDictionary(silo => silo.Address.ToParsableString(), silo => silo.Name);
        return _places = new RunPlaces
        {
            Epoch = epoch,
            Actors =
            [
                .. actors.Append((RunPlaces.Controller, roster.Own.ToParsableString()))
                    .Select(actor => new HostedActor(actor.Item1, actor.Item2, names.GetValueOrDefault(actor.Item2, actor.Item2))),
            ],
        };
    }

    /// <summary>To be called at any time while nothing is asked of the ranks: nobody else would notice that one is gone.</summary>
    /// <exception cref="MoveException">A silo that hosts some of the run is leaving.</exception>
    /// <exception cref="LostActorException">One is dead.</exception>
    public void Check()
    {
        var living = roster.Living.ToDictionary(silo => silo.Address.ToParsableString());
        foreach (var actor in _places?.Actors ?? [])
        {
            if (!living.TryGetValue(actor.Silo, out var silo))
                throw new LostActorException($"{actor.SiloName}, which hosted {actor.Name}, is dead.");

            if (silo.IsDraining)
                throw new MoveException($"{silo.Name} is leaving");
        }
    }

    /// <summary>To be called between steps.</summary>
    /// <exception cref="MoveException">A silo has come since, with which the run's actors would have more room.</exception>
    public async Task ThrowIfUnevenAsync()
    {
        // One that does not answer yet stays new.
        var came = roster.Living.Where(silo => !silo.IsDraining && !_weighed.Contains(silo.Address)).ToArray();
        if (came.Length == 0 || _places is not { } places)
            return;

        var actors = places.Actors.Where(actor => actor.Name != RunPlaces.Controller).ToArray();
        SiloAddress[] now = [.. actors.Select(actor => SiloAddress.FromParsableString(actor.Silo))];
        var loads = await LoadsAsync(now);
        var better = DevicePlan.Of(actors.Select(actor => actor.Name), [], loads);
        if (DevicePlan.Crowding(better.Values, loads) < DevicePlan.Crowding(now, loads) - 1e-9)
            throw new MoveException($"{string.Join(", ", came.Select(silo => silo.Name))} joined");

        Weighed(loads);
    }

    private void Weighed(IEnumerable<SiloLoad> loads) =>
        _weighed.UnionWith(loads.Select(silo => silo.State.Address));

    /// <summary>For people: the living silos, and dead ones on which this life had actors.</summary>
    public ImmutableArray<SiloPresence> Describe()
    {
        var hosted = (_places?.Actors ?? []).ToLookup(actor => actor.Silo);
        var living = roster.Living.Select(silo => new SiloPresence
        {
            Name = silo.Name,
            Address = $"{silo.Address.Endpoint}",
            IsAlive = true,
            IsDraining = silo.IsDraining,
            DeviceSlots = silo.DeviceSlots,
            Hosts = [.. hosted[silo.Address.ToParsableString()].Select(actor => actor.Name)],
        }).ToArray();
        var alive = roster.Living.Select(silo => silo.Address.ToParsableString()).ToHashSet();
        return
        [
            .. living.Concat(hosted.Where(silo => !alive.Contains(silo.Key)).Select(silo => new SiloPresence
            {
                Name = silo.First().SiloName,
                Address = $"{SiloAddress.FromParsableString(silo.Key).Endpoint}",
                IsAlive = false,
                Hosts = [.. silo.Select(actor => actor.Name)],
            })).OrderBy(silo => silo.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Silos that say how full they are; one that is dying or has only just come does not.</summary>
    /// <param name="own">Silos of the run's own actors, one for each: they are no others'.</param>
    private async Task<IReadOnlyList<SiloLoad>> LoadsAsync(IEnumerable<SiloAddress> own)
    {
        var mine = own.CountBy(silo => silo).ToDictionary();
        var loads = await Task.WhenAll(roster.Living.Where(silo => silo.HasTold).Select(async silo =>
            await CountUsedAsync(silo) is { } used ? new SiloLoad(silo, Math.Max(0, used - mine.GetValueOrDefault(silo.Address))) : null));
        return [.. loads.OfType<SiloLoad>()];
    }

    private async Task<int?> CountUsedAsync(SiloState silo)
    {
        try
        {
            return await grains.GetGrain<ISiloAgentGrain>(silo.Address.ToParsableString()).CountUsedSlotsAsync(CancellationToken.None);
        }
        catch (Exception gone) when (gone is OrleansException or TimeoutException)
        {
            return null;
        }
    }
}
