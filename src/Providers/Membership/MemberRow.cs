using System.Collections.Immutable;

namespace SeedOrleans.Providers.Membership;

/// <summary>One silo in the membership table.</summary>
internal sealed record MemberRow
{
    /// <summary>The table's version when the row was last written: its etag.</summary>
    public required int WrittenAt { get; init; }

    public required SiloStatus Status { get; init; }

    public required string SiloName { get; init; }

    public required string HostName { get; init; }

    /// <summary>The gateway's port; 0 where clients are not welcome.</summary>
    public required int ProxyPort { get; init; }

    public required DateTime StartTime { get; init; }

    public required DateTime IAmAliveTime { get; init; }

    public required ImmutableArray<Suspicion> Suspicions { get; init; }

    public static MemberRow Of(MembershipEntry entry, int writtenAt) => new()
    {
        WrittenAt = writtenAt,
        Status = entry.Status,
        SiloName = entry.SiloName,
        HostName = entry.HostName,
        ProxyPort = entry.ProxyPort,
        StartTime = entry.StartTime,
        IAmAliveTime = entry.IAmAliveTime,
        Suspicions = [.. (entry.SuspectTimes ?? []).Select(suspect => new Suspicion(suspect.Item1.ToParsableString(), suspect.Item2))],
    };

    /// <param name="aliveAt">The silo's last sign of life, where it has given one since the row was written.</param>
    public MembershipEntry ToEntry(SiloAddress silo, DateTime? aliveAt) => new()
    {
        SiloAddress = silo,
        Status = Status,
        SiloName = SiloName,
        HostName = HostName,
        ProxyPort = ProxyPort,
        StartTime = StartTime,
        IAmAliveTime = aliveAt > IAmAliveTime ? aliveAt.Value : IAmAliveTime,
        SuspectTimes = [.. Suspicions.Select(suspicion => Tuple.Create(SiloAddress.FromParsableString(suspicion.By), suspicion.At))],
    };
}

/// <summary>A silo's vote that another is dead.</summary>
internal sealed record Suspicion(string By, DateTime At);
