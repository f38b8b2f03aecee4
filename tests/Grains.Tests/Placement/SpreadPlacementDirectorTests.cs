using SeedOrleans.Grains.Placement;
using static SeedOrleans.Grains.Tests.Placement.FakeRoster;

namespace SeedOrleans.Grains.Tests.Placement;

public sealed class SpreadPlacementDirectorTests
{
    /// <summary>First slots of all, then second ones, and round again; which silo is first depends on the run.</summary>
    [Fact]
    public void Worked_example()
    {
        SiloState[] silos = [Member(0, slots: 1), Member(1, slots: 3), Member(2, slots: 2)];
        int[][] orders = [[0, 1, 2, 1, 2, 1], [1, 2, 0, 1, 2, 1], [2, 0, 1, 2, 1, 1]];

        var places = Enumerable.Range(0, 12).Select(number => Place("run", number, silos)).ToArray();

        Assert.Contains(places[..6], orders);
        Assert.Equal(places[..6], places[6..]);
    }

    [Fact]
    public void Runs_begin_at_different_silos()
    {
        SiloState[] silos = [Member(0), Member(1), Member(2)];

        Assert.Equal([0, 1, 2], Enumerable.Range(0, 40).Select(run => Place($"run-{run}", 0, silos)).Distinct().Order());
    }

    [Fact]
    public void No_silo_has_more_than_its_slots_before_all_are_full()
    {
        SiloState[] silos = [Member(0, slots: 5), Member(1, slots: 1), Member(2, slots: 3)];

        var counts = Enumerable.Range(0, 9).CountBy(number => Place("run", number, silos)).OrderBy(count => count.Key).Select(count => count.Value);

        Assert.Equal([5, 1, 3], counts);
    }

    private static int Place(string run, int number, SiloState[] silos) =>
        Array.FindIndex(silos, silo => silo.Address.Equals(SpreadPlacementDirector.SlotOf($"{run}/rank/{number}", silos)));
}
