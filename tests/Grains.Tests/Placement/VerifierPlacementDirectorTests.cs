using SeedOrleans.Grains.Placement;
using static SeedOrleans.Grains.Tests.Placement.FakeRoster;

namespace SeedOrleans.Grains.Tests.Placement;

public sealed class VerifierPlacementDirectorTests
{
    [Fact]
    public void Programs_are_judged_where_they_can_be_held() =>
        Assert.Equal([AddressOf(1)], Candidates(Member(0, slots: 0), Member(1, drains: true, isolates: true)));

    [Fact]
    public void Silos_without_devices_come_first() =>
        Assert.Equal([AddressOf(0), AddressOf(2)], Candidates(Member(0, slots: 0, isolates: true), Member(1, isolates: true), Member(2, slots: 0, isolates: true)));

    [Fact]
    public void A_silo_that_leaves_is_taken_only_where_there_is_no_other()
    {
        Assert.Equal([AddressOf(1)], Candidates(Member(0, slots: 0, drains: true), Member(1)));
        Assert.Equal([AddressOf(0)], Candidates(Member(0, drains: true)));
    }

    [Fact]
    public void A_silo_that_the_roster_does_not_know_is_better_than_none() =>
        Assert.Equal([AddressOf(7)], new VerifierPlacementDirector(new FakeRoster(Member(0))).Filter(new VerifierPlacement(), default, [AddressOf(7)]));

    private static IEnumerable<SiloAddress> Candidates(params SiloState[] silos) =>
        new VerifierPlacementDirector(new FakeRoster(silos)).Filter(new VerifierPlacement(), default, silos.Select(silo => silo.Address));
}
