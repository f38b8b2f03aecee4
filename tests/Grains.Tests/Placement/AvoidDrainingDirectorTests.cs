using SeedOrleans.Grains.Placement;
using static SeedOrleans.Grains.Tests.Placement.FakeRoster;

namespace SeedOrleans.Grains.Tests.Placement;

public sealed class AvoidDrainingDirectorTests
{
    [Fact]
    public void Draining_silos_are_no_candidates() =>
        Assert.Equal([AddressOf(0), AddressOf(2)], Candidates(Member(0), Member(1, drains: true), Member(2)));

    [Fact]
    public void Silos_that_only_judge_are_no_candidates() =>
        Assert.Equal([AddressOf(1)], Candidates(Member(0, slots: 0), Member(1)));

    [Fact]
    public void All_are_where_all_drain() =>
        Assert.Equal([AddressOf(0), AddressOf(1)], Candidates(Member(0, drains: true), Member(1, drains: true)));

    [Fact]
    public void A_silo_that_the_roster_does_not_know_is_one() =>
        Assert.Equal([AddressOf(7)], new AvoidDrainingDirector(new FakeRoster(Member(0))).Filter(new AvoidDraining(), default, [AddressOf(7)]));

    private static IEnumerable<SiloAddress> Candidates(params SiloState[] silos) =>
        new AvoidDrainingDirector(new FakeRoster(silos)).Filter(new AvoidDraining(), default, silos.Select(silo => silo.Address));
}
