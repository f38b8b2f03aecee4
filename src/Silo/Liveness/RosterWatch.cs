using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SeedOrleans.Grains.Placement;
using SeedOrleans.Providers.Membership;

namespace SeedOrleans.Silo.Liveness;

/// <summary>Keeps the roster: reads what other silos tell of themselves, and remembers who died.</summary>
internal sealed partial class RosterWatch(
    SiloRoster roster, IClusterMembershipService membership, IMembershipTable table, SiloNotes notes, SiloLines lines, TimeProvider time,
    ILogger<RosterWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly HashSet<SiloAddress> _living = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var changed = new SemaphoreSlim(0);
        var following = FollowAsync(changed, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(membership.CurrentSnapshot, stoppingToken);
                await changed.WaitAsync(Interval, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested) // A store may be away; the next look comes soon.
            {
                LogMissed(logger, failure.Message);
                await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        await following;
    }

    private async Task FollowAsync(SemaphoreSlim changed, CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var _ in membership.MembershipUpdates.WithCancellation(stoppingToken))
                changed.Release();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // This silo leaves.
        }
    }

    private async Task LookAsync(ClusterMembershipSnapshot snapshot, CancellationToken cancellationToken)
    {
        foreach (var member in snapshot.Members.Values)
        {
            if (member.SiloAddress.Equals(roster.Own))
                continue;

            if (member.Status == SiloStatus.Dead)
            {
                if (_living.Contains(member.SiloAddress))
                    await BuryAsync(member, cancellationToken);

                _living.Remove(member.SiloAddress);
            }
            else if (member.Status == SiloStatus.Active)
            {
                _living.Add(member.SiloAddress);
                if (!roster.Knows(member.SiloAddress) && await notes.FindCardAsync(member.SiloAddress, cancellationToken) is { } card)
                    roster.Tells(member.SiloAddress, card);
            }
        }

        roster.Drain(await notes.FindDrainingAsync([roster.Own, .. _living], cancellationToken));
    }

    /// <summary>Who leaves politely declares itself dead; anybody else's word is a death.</summary>
    private async Task BuryAsync(ClusterMember member, CancellationToken cancellationToken)
    {
        var row = (await table.ReadRowAsync(member.SiloAddress, cancellationToken)).TryGet(member.SiloAddress)?.Item1;
        if (row?.SuspectTimes?.Any(suspect => suspect.Item1.Equals(member.SiloAddress)) == true)
            return;

        var declared = row?.SuspectTimes is { Count: > 0 } suspects ? Utc(suspects.Max(suspect => suspect.Item2)) : time.GetUtcNow();
        var seen = lines.FindLastSeen(member.SiloAddress) ?? (row is null ? declared : Utc(row.IAmAliveTime));
        roster.Died(member.SiloAddress, new SiloDeath(member.Name, seen, declared));
        LogDeath(logger, member.Name, member.SiloAddress, (declared - seen).TotalMilliseconds);
    }

    private static DateTimeOffset Utc(DateTime at) => new(DateTime.SpecifyKind(at, DateTimeKind.Utc));

    [LoggerMessage(LogLevel.Warning, "Silo {Name} ({Silo}) is dead; declared {Milliseconds:0} ms after it was seen last")]
    private static partial void LogDeath(ILogger logger, string name, SiloAddress silo, double milliseconds);

    [LoggerMessage(LogLevel.Debug, "The roster could not be brought up to date: {Reason}")]
    private static partial void LogMissed(ILogger logger, string reason);
}
