using System.Net;
using CsCheck;
using SeedOrleans.Grains.Placement;

namespace SeedOrleans.Grains.Tests.Placement;

public sealed class DevicePlanTests
{
    private static readonly Gen<SiloLoad[]> Clusters =
        Gen.Select(Gen.Int[1, 4], Gen.Int[0, 5], Gen.Bool).Array[1, 5].Select(silos => silos.Select((silo, number) => Silo(number, silo.Item1, silo.Item2, silo.Item3)).ToArray());

    [Fact]
    public void Worked_example()
    {
        SiloLoad[] silos = [Silo(0, slots: 2), Silo(1, slots: 2), Silo(2, slots: 4)];

        var plan = DevicePlan.Of(["rank 0", "rank 1", "rank 2", "rank 3"], [], silos);

        // The largest has most room, and then all have as much.
        Assert.Equal([2, 2, 0, 1], plan.Values.Select(Number));
    }

    [Fact]
    public void Actors_that_stay_keep_their_slots() =>
        Assert.Equal([1], DevicePlan.Of(["worker 1"], [Silo(0, 2).State.Address], [Silo(0, 2), Silo(1, 2)]).Values.Select(Number));

    [Fact]
    public void A_leaving_silo_gets_nothing_unless_all_are_leaving()
    {
        Assert.Equal([1, 1], DevicePlan.Of(["a", "b"], [], [Silo(0, 8, isDraining: true), Silo(1, 1)]).Values.Select(Number));
        Assert.Equal([0], DevicePlan.Of(["a"], [], [Silo(0, 8, isDraining: true)]).Values.Select(Number));
    }

    [Fact]
    public void Where_there_are_no_silos_nothing_is_planned() => Assert.Empty(DevicePlan.Of(["a"], [], []));

    [Fact]
    public void A_silo_without_slots_gets_nothing_and_is_never_crowded()
    {
        SiloLoad[] silos = [Silo(0, slots: 0), Silo(1, slots: 1, isDraining: true)];

        Assert.Equal([1], DevicePlan.Of(["a"], [], silos).Values.Select(Number));
        Assert.Empty(DevicePlan.Of(["a"], [], silos[..1]));
        Assert.Equal(1, DevicePlan.Crowding([silos[1].State.Address], silos));
    }

    [Fact]
    public void No_slot_is_shared_while_another_is_free() => Clusters.Select(Gen.Int[1, 12]).Sample((silos, actors) =>
    {
        var plan = DevicePlan.Of(Enumerable.Range(0, actors).Select(actor => $"{actor}"), [], silos);

        Assert.Equal(actors, plan.Count);
        var open = silos.Any(silo => !silo.State.IsDraining) ? silos.Where(silo => !silo.State.IsDraining).ToArray() : silos;
        var used = open.Select(silo => (Free: silo.State.DeviceSlots - silo.UsedByOthers - plan.Values.Count(place => place.Equals(silo.State.Address)),
            Got: plan.Values.Count(place => place.Equals(silo.State.Address)))).ToArray();
        if (used.Any(silo => silo.Free > 0))
            Assert.DoesNotContain(used, silo => silo is { Free: < 0, Got: > 0 });
    });

    [Fact]
    public void An_even_spread_is_less_crowded_than_a_heap()
    {
        SiloLoad[] silos = [Silo(0, 2), Silo(1, 2)];
        var (one, other) = (silos[0].State.Address, silos[1].State.Address);

        Assert.True(DevicePlan.Crowding([one, other], silos) < DevicePlan.Crowding([one, one], silos));
    }

    private static SiloLoad Silo(int number, int slots, int used = 0, bool isDraining = false) =>
        new(new SiloState(SiloAddress.New(IPAddress.Loopback, 1000 + number, 1), $"silo-{number}", slots, isDraining), used);

    private static int Number(SiloAddress silo) => silo.Endpoint.Port - 1000;
}
