using System.Net;
using SeedOrleans.Engine.Storage;
using SeedOrleans.Providers.Membership;

namespace SeedOrleans.Providers.Tests.Membership;

/// <summary>What Orleans asks of a membership table.</summary>
public sealed class BlobMembershipTableTests : IDisposable
{
    private static readonly DateTime Now = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly TemporaryStore _folder = new();
    private readonly MembershipBlobs _blobs;
    private readonly BlobMembershipTable _table;

    public BlobMembershipTableTests()
    {
        _blobs = new MembershipBlobs(_folder.Store, "cluster one");
        _table = new BlobMembershipTable(_blobs);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_new_table_is_empty_at_version_zero()
    {
        await _table.InitializeMembershipTable(true);
        await _table.InitializeMembershipTable(true);

        var data = await _table.ReadAll();
        Assert.Empty(data.Members);
        Assert.Equal(0, data.Version.Version);
    }

    [Fact]
    public async Task A_table_that_was_damaged_is_not_believed()
    {
        Assert.True(await InsertAsync(Entry(1)));
        await _folder.DamageAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<BlobDamagedException>(() => _table.ReadAll());
    }

    [Fact]
    public async Task A_row_comes_back_as_it_was_inserted()
    {
        var entry = Entry(1);
        entry.AddSuspector(Entry(2).SiloAddress, Now.AddSeconds(7));

        Assert.True(await InsertAsync(entry));

        foreach (var data in (MembershipTableData[])[await _table.ReadAll(), await _table.ReadRow(entry.SiloAddress)])
        {
            var read = Assert.Single(data.Members).Item1;
            Assert.Equal(entry.SiloAddress, read.SiloAddress);
            Assert.Equal((entry.Status, entry.SiloName, entry.HostName, entry.ProxyPort), (read.Status, read.SiloName, read.HostName, read.ProxyPort));
            Assert.Equal((entry.StartTime, entry.IAmAliveTime), (read.StartTime, read.IAmAliveTime));
            Assert.Equal(entry.SuspectTimes, read.SuspectTimes);
            Assert.Equal(1, data.Version.Version);
        }
    }

    [Fact]
    public async Task A_row_that_is_not_there_still_has_a_version()
    {
        await InsertAsync(Entry(1));

        var data = await _table.ReadRow(Entry(9).SiloAddress);

        Assert.Empty(data.Members);
        Assert.Equal(1, data.Version.Version);
    }

    [Fact]
    public async Task A_silo_is_inserted_once()
    {
        Assert.True(await InsertAsync(Entry(1)));
        Assert.False(await InsertAsync(Entry(1)));
        Assert.Equal(1, (await _table.ReadAll()).Version.Version);
    }

    [Fact]
    public async Task An_insert_into_an_older_table_is_refused()
    {
        var old = (await _table.ReadAll()).Version.Next();
        Assert.True(await _table.InsertRow(Entry(1), old));

        Assert.False(await _table.InsertRow(Entry(2), old));

        Assert.Single((await _table.ReadAll()).Members);
    }

    [Fact]
    public async Task An_update_needs_the_row_and_the_table_as_they_are()
    {
        var entry = Entry(1);
        await InsertAsync(entry);
        var (etag, version) = await ReadAsync(entry.SiloAddress);
        entry.Status = SiloStatus.ShuttingDown;

        Assert.False(await _table.UpdateRow(entry, etag, version), "an old version");
        Assert.False(await _table.UpdateRow(entry, "wrong", version.Next()), "a wrong row etag");
        Assert.True(await _table.UpdateRow(entry, etag, version.Next()));
        Assert.False(await _table.UpdateRow(entry, etag, version.Next()), "the same again");

        var (newTag, newVersion) = await ReadAsync(entry.SiloAddress);
        Assert.NotEqual(etag, newTag);
        Assert.False(await _table.UpdateRow(entry, etag, newVersion.Next()), "an old row etag with the right version");
        Assert.Equal(2, newVersion.Version);
        Assert.Equal(SiloStatus.ShuttingDown, Assert.Single((await _table.ReadAll()).Members).Item1.Status);
    }

    [Fact]
    public async Task A_row_that_nobody_inserted_is_not_updated() =>
        Assert.False(await _table.UpdateRow(Entry(1), "0", (await _table.ReadAll()).Version.Next()));

    [Fact]
    public async Task Other_rows_keep_their_etags()
    {
        await InsertAsync(Entry(1));
        var (before, _) = await ReadAsync(Entry(1).SiloAddress);
        await InsertAsync(Entry(2));

        var (after, version) = await ReadAsync(Entry(1).SiloAddress);

        Assert.Equal(before, after);
        Assert.True(await _table.UpdateRow(Entry(1), after, version.Next()));
    }

    [Fact]
    public async Task Of_many_inserts_at_one_version_one_succeeds()
    {
        var next = (await _table.ReadAll()).Version.Next();

        var done = await Task.WhenAll(Enumerable.Range(1, 12).Select(silo => Task.Run(() => _table.InsertRow(Entry(silo), next))));

        Assert.Single(done, inserted => inserted);
        Assert.Single((await _table.ReadAll()).Members);
    }

    [Fact]
    public async Task Racing_inserts_that_retry_all_arrive_each_with_a_version()
    {
        await Task.WhenAll(Enumerable.Range(1, 8).Select(async silo =>
        {
            while (!await InsertAsync(Entry(silo)))
            {
            }
        }));

        var data = await _table.ReadAll();
        Assert.Equal(8, data.Members.Count);
        Assert.Equal(8, data.Version.Version);
    }

    [Fact]
    public async Task A_sign_of_life_changes_neither_version_nor_etag()
    {
        var entry = Entry(1);
        await InsertAsync(entry);
        var before = await ReadAsync(entry.SiloAddress);
        entry.IAmAliveTime = Now.AddMinutes(1);

        await _table.UpdateIAmAlive(entry);

        Assert.Equal(before.ToString(), (await ReadAsync(entry.SiloAddress)).ToString());
        Assert.Equal(Now.AddMinutes(1), Assert.Single((await _table.ReadAll()).Members).Item1.IAmAliveTime);
    }

    [Fact]
    public async Task Only_the_long_dead_are_cleaned_away()
    {
        var dead = Entry(1, SiloStatus.Dead);
        var freshlyDead = Entry(2, SiloStatus.Dead);
        foreach (var entry in (MembershipEntry[])[dead, freshlyDead, Entry(3)])
            await InsertAsync(entry);

        freshlyDead.IAmAliveTime = Now.AddHours(2);
        await _table.UpdateIAmAlive(freshlyDead);

        await _table.CleanupDefunctSiloEntries(Now.AddHours(1));

        var left = (await _table.ReadAll()).Members.Select(member => member.Item1.SiloAddress);
        Assert.Equal([freshlyDead.SiloAddress, Entry(3).SiloAddress], left.OrderBy(silo => silo.Endpoint.Port));
    }

    [Fact]
    public async Task A_deleted_table_is_a_new_one()
    {
        await InsertAsync(Entry(1));
        await _table.UpdateIAmAlive(Entry(1));

        await _table.DeleteMembershipTableEntries("cluster one");

        Assert.Equal(0, (await _table.ReadAll()).Version.Version);
        Assert.Empty(await _folder.Store.ListAsync("", TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Clusters_share_a_store_and_nothing_else()
    {
        await InsertAsync(Entry(1));

        Assert.Empty((await new BlobMembershipTable(new MembershipBlobs(_folder.Store, "cluster two")).ReadAll()).Members);
    }

    [Fact]
    public async Task Gateways_are_the_active_silos_that_have_one()
    {
        var silent = Entry(3);
        silent.ProxyPort = 0;
        foreach (var entry in (MembershipEntry[])[Entry(1), Entry(2, SiloStatus.Dead), silent])
            await InsertAsync(entry);

        var gateway = Assert.Single(await new BlobGatewayList(_blobs, TimeSpan.FromSeconds(5)).GetGateways());

        Assert.Equal("127.0.0.1", gateway.Host);
        Assert.Equal(30001, gateway.Port);
    }

    private static MembershipEntry Entry(int number, SiloStatus status = SiloStatus.Active) => new()
    {
        SiloAddress = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11000 + number), number),
        Status = status,
        SiloName = $"silo-{number}",
        HostName = "host",
        ProxyPort = 30000 + number,
        StartTime = Now,
        IAmAliveTime = Now,
        SuspectTimes = [],
    };

    private async Task<bool> InsertAsync(MembershipEntry entry) => await _table.InsertRow(entry, (await _table.ReadAll()).Version.Next());

    private async Task<(string Etag, TableVersion Version)> ReadAsync(SiloAddress silo)
    {
        var data = await _table.ReadRow(silo);
        return (Assert.Single(data.Members).Item2, data.Version);
    }
}
