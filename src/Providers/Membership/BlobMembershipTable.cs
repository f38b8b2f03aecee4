namespace SeedOrleans.Providers.Membership;

/// <summary>Cluster membership on a blob store: one table, replaced as a whole if nobody replaced it before.</summary>
/// <remarks>Orleans' extended protocol: every change of a row writes the table's version with it, so that views are totally ordered.</remarks>
internal sealed class BlobMembershipTable(MembershipBlobs blobs) : IMembershipTable
{
    public async Task InitializeMembershipTable(bool tryInitTableVersion)
    {
        if (tryInitTableVersion && await blobs.ReadTableAsync() is { Tag: null } missing)
            await blobs.TryWriteTableAsync(missing.Document, expected: null);
    }

    public Task DeleteMembershipTableEntries(string clusterId) => blobs.DeleteAllAsync();

    public async Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate)
    {
        var (document, tag) = await blobs.ReadTableAsync();
        List<SiloAddress> defunct = [];
        foreach (var (address, row) in document.Members.Where(member => member.Value.Status == SiloStatus.Dead))
        {
            var silo = SiloAddress.FromParsableString(address);
            var entry = row.ToEntry(silo, await blobs.ReadAliveAsync(silo));
            if (entry.IAmAliveTime < beforeDate.UtcDateTime && entry.StartTime < beforeDate.UtcDateTime)
                defunct.Add(silo);
        }

        // Somebody else's write in between is no harm: what is defunct stays so until the next cleaning.
        if (defunct.Count == 0
            || !await blobs.TryWriteTableAsync(document with { Members = document.Members.RemoveRange(defunct.Select(silo => silo.ToParsableString())) }, tag))
            return;

        foreach (var silo in defunct)
            await blobs.DeleteAliveAsync(silo);
    }

    public async Task<MembershipTableData> ReadRow(SiloAddress key)
    {
        var (document, _) = await blobs.ReadTableAsync();
        return document.Members.TryGetValue(key.ToParsableString(), out var row)
            ? new MembershipTableData(await EntryAsync(key, row), document.TableVersion())
            : new MembershipTableData(document.TableVersion());
    }

    public async Task<MembershipTableData> ReadAll()
    {
        var (document, _) = await blobs.ReadTableAsync();
        var entries = await Task.WhenAll(
            document.Members.Select(member => EntryAsync(SiloAddress.FromParsableString(member.Key), member.Value)));
        return new MembershipTableData([.. entries], document.TableVersion());
    }

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => TryChangeAsync(entry, tableVersion, row => row is null);

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        TryChangeAsync(entry, tableVersion, row => row is not null && MembershipDocument.EtagOf(row.WrittenAt) == etag);

    /// <remarks>Changes neither the row's etag nor the table's version, as the protocol asks.</remarks>
    public Task UpdateIAmAlive(MembershipEntry entry) => blobs.WriteAliveAsync(entry.SiloAddress, entry.IAmAliveTime);

    private async Task<bool> TryChangeAsync(MembershipEntry entry, TableVersion next, Predicate<MemberRow?> isExpected)
    {
        var (document, tag) = await blobs.ReadTableAsync();
        var key = entry.SiloAddress.ToParsableString();
        if (next.Version != document.Version + 1
            || next.VersionEtag != MembershipDocument.EtagOf(document.Version)
            || !isExpected(document.Members.GetValueOrDefault(key)))
            return false;

        var changed = document with
        {
            Version = next.Version,
            Members = document.Members.SetItem(key, MemberRow.Of(entry, next.Version)),
        };
        return await blobs.TryWriteTableAsync(changed, tag);
    }

    private async Task<Tuple<MembershipEntry, string>> EntryAsync(SiloAddress silo, MemberRow row) =>
        Tuple.Create(row.ToEntry(silo, await blobs.ReadAliveAsync(silo)), MembershipDocument.EtagOf(row.WrittenAt));
}
