using System.Net;
using CsCheck;
using SeedOrleans.Engine.Tests.Storage;
using SeedOrleans.Providers.Membership;

namespace SeedOrleans.Providers.Tests.Membership;

/// <summary>Several silos change the membership table at once, stopping and dying between any two operations on the store.</summary>
public sealed class MembershipProtocolTests
{
    private const int Silos = 4, ChangesASilo = 4;

    [Fact]
    public void However_silos_interleave_no_change_is_lost_and_versions_rise_by_one() =>
        Gen.Int[0, int.MaxValue].Sample(seed => PlayAsync(seed).GetAwaiter().GetResult(), iter: 200, threads: 1);

    private static async Task PlayAsync(int seed)
    {
        var chance = new Random(seed);
        var store = new MemoryStore();
        List<(int Version, SiloAddress Row, SiloStatus Status)> written = [];
        List<(SteppedStore Way, Task Work)> living = [];
        for (var number = 0; number < Silos; number++)
        {
            var way = new SteppedStore(store);
            living.Add((way, LiveAsync(way, number, new Random(chance.Next()), written)));
        }

        while (living.Count > 0)
        {
            var (chosen, work) = living[chance.Next(living.Count)];
            await Task.WhenAny(work, chosen.Waiting);
            if (work.IsCompleted)
            {
                living.Remove((chosen, work));
                await work;
            }
            else if (chance.Next(60) == 0)
            {
                chosen.Die();
                living.Remove((chosen, work));
                await work;
            }
            else
            {
                chosen.Release();
            }
        }

        await CheckAsync(store, written);
    }

    /// <summary>Joins, and then takes any row that it sees from one status to the next.</summary>
    private static async Task LiveAsync(SteppedStore store, int number, Random chance, List<(int Version, SiloAddress Row, SiloStatus Status)> written)
    {
        var table = new BlobMembershipTable(new MembershipBlobs(store, "protocol"));
        var own = Entry(SiloAddress.New(IPAddress.Loopback, 1000 + number, 1), SiloStatus.Joining);
        try
        {
            await table.InitializeMembershipTable(tryInitTableVersion: true);
            for (var changes = 0; changes < ChangesASilo;)
            {
                var seen = await table.ReadAll();
                var next = seen.Version.Next();
                var row = seen.Members.Count > 0 && chance.Next(2) == 0 ? seen.Members[chance.Next(seen.Members.Count)].Item1 : own;
                var known = seen.Members.FirstOrDefault(member => member.Item1.SiloAddress.Equals(row.SiloAddress));
                var changed = Entry(row.SiloAddress, known?.Item1.Status switch { null => SiloStatus.Joining, SiloStatus.Joining => SiloStatus.Active, _ => SiloStatus.Dead });
                var isWritten = known is null ? await table.InsertRow(changed, next) : await table.UpdateRow(changed, known.Item2, next);
                if (!isWritten)
                    continue;

                written.Add((next.Version, changed.SiloAddress, changed.Status));
                changes++;
            }
        }
        catch (SteppedStore.ClientDiedException)
        {
            // What it was writing never came to the store.
        }
    }

    private static async Task CheckAsync(MemoryStore store, List<(int Version, SiloAddress Row, SiloStatus Status)> written)
    {
        var final = await new BlobMembershipTable(new MembershipBlobs(store, "protocol")).ReadAll();

        Assert.Equal(Enumerable.Range(1, written.Count), written.Select(change => change.Version).Order());
        Assert.Equal(written.Count, final.Version.Version);
        foreach (var row in written.GroupBy(change => change.Row))
            Assert.Equal(row.MaxBy(change => change.Version).Status, final.Members.Single(member => member.Item1.SiloAddress.Equals(row.Key)).Item1.Status);
    }

    private static MembershipEntry Entry(SiloAddress silo, SiloStatus status) => new()
    {
        SiloAddress = silo,
        SiloName = $"{silo.Endpoint.Port}",
        HostName = "host",
        Status = status,
        StartTime = DateTime.UnixEpoch,
        IAmAliveTime = DateTime.UnixEpoch,
    };
}
