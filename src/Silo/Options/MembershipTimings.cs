using Orleans.Configuration;

namespace SeedOrleans.Silo.Options;

/// <summary>How fast a silo that is silent is taken for dead. One whose connections close is known to be at once, whatever stands here.</summary>
/// <remarks>Fast for machines side by side, yet no busy silo is taken for dead.</remarks>
internal sealed record MembershipTimings
{
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(2);

    public int MissedProbes { get; init; } = 2;

    public int Votes { get; init; } = 2;

    public TimeSpan TableRefresh { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan AlivePeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <exception cref="SiloOptionsException">A value is none.</exception>
    public static MembershipTimings Of(SiloSettings said) => new()
    {
        ProbeTimeout = said.Seconds("probe-timeout", fallback: 2, least: 0.1, most: 60),
        MissedProbes = said.Number("missed-probes", fallback: 2, least: 1, most: 20, "count of probes"),
        Votes = said.Number("votes", fallback: 2, least: 1, most: 10, "count of votes"),
        TableRefresh = said.Seconds("table-refresh", fallback: 10, least: 1, most: 600),
        AlivePeriod = said.Seconds("alive-period", fallback: 5, least: 1, most: 600),
    };

    public void Set(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = ProbeTimeout;
        membership.NumMissedProbesLimit = MissedProbes;
        membership.NumVotesForDeathDeclaration = Votes;
        membership.EnableIndirectProbes = true;
        membership.TableRefreshTimeout = TableRefresh;
        membership.IAmAliveTablePublishTimeout = AlivePeriod;
    }
}
