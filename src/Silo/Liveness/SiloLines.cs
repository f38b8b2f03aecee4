using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SeedOrleans.Providers.Membership;

namespace SeedOrleans.Silo.Liveness;

/// <summary>Holds a line to every other silo, and has one declared dead as soon as its process is gone.</summary>
/// <remarks>
/// A line that closes and cannot be opened again because the machine refuses is the end of a process. So is, where there was no line yet, a machine
/// that refuses at the silo's own port as well: a fire wall that refuses lines alone is no death. Everything else (a silo that is slow or stopped, a machine
/// or a network that is silent) is for Orleans' probes to judge. Where two silos find each other gone, the first write to the
/// membership table wins; the loser reads it as soon as the winner closes its line, and ends.
/// </remarks>
internal sealed partial class SiloLines(
    IClusterMembershipService membership, ILocalSiloDetails local, SiloNotes notes, LineListener listener, TimeProvider time,
    ILogger<SiloLines> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1), VoteTime = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<SiloAddress, DateTimeOffset> _lastSeen = [];

    /// <returns>The last sign of life on the line, or its end; null where there was no line.</returns>
    public DateTimeOffset? FindLastSeen(SiloAddress silo) => _lastSeen.TryGetValue(silo, out var seen) ? seen : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var lines = new Dictionary<SiloAddress, CancellationTokenSource>();
        listener.Closed += () => _ = RefreshAsync(stoppingToken);
        try
        {
            await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
                Follow(snapshot, lines, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // This silo leaves.
        }

        foreach (var line in lines.Values)
            line.Dispose();
    }

    private void Follow(ClusterMembershipSnapshot snapshot, Dictionary<SiloAddress, CancellationTokenSource> lines, CancellationToken stoppingToken)
    {
        var living = snapshot.Members.Values
            .Where(member => member.Status is SiloStatus.Joining or SiloStatus.Active or SiloStatus.ShuttingDown or SiloStatus.Stopping)
            .Select(member => member.SiloAddress)
            .Where(silo => !silo.Equals(local.SiloAddress))
            .ToHashSet();

        foreach (var silo in living.Where(silo => !lines.ContainsKey(silo)))
        {
            var line = lines[silo] = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            _ = WatchAsync(silo, line.Token);
        }

        foreach (var silo in lines.Keys.Where(silo => !living.Contains(silo)).ToArray())
        {
            lines.Remove(silo, out var line);
            line!.Cancel();
            line.Dispose();
        }
    }

    private async Task WatchAsync(SiloAddress silo, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                if (await notes.FindCardAsync(silo, over) is { } card && await IsGoneAsync(silo, card.Line, over))
                    await DeclareDeadAsync(silo, over);
            }
            catch (Exception failure) when (!over.IsCancellationRequested) // A store or a network may be away; the next try comes soon.
            {
                LogMissed(logger, silo, failure.Message);
            }

            await Task.Delay(Pause, time, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void SeeNow(SiloAddress silo) => _lastSeen[silo] = time.GetUtcNow();

    /// <summary>Holds a line for as long as it lasts, then finds out why it ended.</summary>
    private async Task<bool> IsGoneAsync(SiloAddress silo, string endPoint, CancellationToken over)
    {
        var line = await SiloLine.TryOpenAsync(endPoint, silo, over);
        if (line is not null)
        {
            using (line)
                await line.HoldAsync(() => SeeNow(silo), over);

            SeeNow(silo);
        }

        // Whoever left politely said so in the table before; so did whoever declared this silo dead.
        var refresh = RefreshAsync(over);
        var isRefused = await SiloLine.IsRefusedAsync(endPoint, time, over)
            && (line is not null || await SiloLine.IsRefusedAsync($"{silo.Endpoint}", time, over));
        await refresh;
        return isRefused && !over.IsCancellationRequested;
    }

    private async Task DeclareDeadAsync(SiloAddress silo, CancellationToken over)
    {
        LogGone(logger, silo);
        while (!over.IsCancellationRequested)
        {
            // It only asks for the vote; a vote that loses against another write is asked for again.
            await membership.TryKill(silo);
            await Task.Delay(VoteTime, time, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            await membership.Refresh(cancellationToken: cancellationToken);
        }
        catch (Exception failure) // Only a head start: Orleans reads the table in its own time.
        {
            LogMissed(logger, local.SiloAddress, failure.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The process of silo {Silo} is gone")]
    private static partial void LogGone(ILogger logger, SiloAddress silo);

    [LoggerMessage(LogLevel.Debug, "The line to silo {Silo} could not be looked after: {Reason}")]
    private static partial void LogMissed(ILogger logger, SiloAddress silo, string reason);
}
