using SeedOrleans.Domain.Runs;
using SeedOrleans.Grains.Placement;

namespace SeedOrleans.Grains.Runs;

/// <summary>Times one recovery, from the last sign of life of who died to the first step committed since.</summary>
/// <param name="silos">Names of the silos that died.</param>
/// <param name="lostAt">The earliest last sign of life among them.</param>
internal sealed class RecoveryClock(string silos, DateTimeOffset lostAt, DateTimeOffset detectedAt)
{
    private DateTimeOffset _restoredAt;
    private int _replayed;

    /// <returns>What <paramref name="before"/>'s life lost; null where it ended as it should, or where there was none.</returns>
    /// <param name="pending">A recovery that was under way when this loss came; this one takes its place.</param>
    public static RecoveryClock? Begin(RunPlaces? before, bool wasLost, ISiloRoster roster, DateTimeOffset now, RecoveryClock? pending)
    {
        if (pending is null && !wasLost && (before is null || (before.IsLeft && !HasSeenDeath(before, roster))))
            return null;

        var living = roster.Living.Select(silo => silo.Address.ToParsableString()).ToHashSet();
        var missing = (before?.Actors ?? []).Where(actor => !living.Contains(actor.Silo)).DistinctBy(actor => actor.Silo).ToArray();
        var seen = missing.Select(actor => roster.FindDeath(SiloAddress.FromParsableString(actor.Silo))?.LastSeen ?? now)
            .Append(now).Append(pending?.LostAt ?? now).Min();
        var names = missing.Select(actor => actor.SiloName).Concat(pending?.Silos.Split(", ", StringSplitOptions.RemoveEmptyEntries) ?? []).Distinct().Order();
        return new RecoveryClock(string.Join(", ", names), seen, now);
    }

    public string Silos => silos;

    public DateTimeOffset LostAt => lostAt;

    /// <summary>All actors are in their places and hold the weights of the last committed step.</summary>
    /// <param name="replayed">Steps that were computed again for that.</param>
    public void Restored(DateTimeOffset now, int replayed) => (_restoredAt, _replayed) = (now, replayed);

    /// <param name="step">The last step committed before the loss.</param>
    public Recovery Resumed(long epoch, int step, DateTimeOffset now) => new()
    {
        Silo = silos,
        Epoch = epoch,
        Step = step,
        LostAt = lostAt,
        Detected = detectedAt - lostAt,
        Restored = _restoredAt - lostAt,
        Resumed = now - lostAt,
        Replayed = _replayed,
    };

    /// <summary>Actors that are sent away die with nobody, but whoever hosted them may have died while they were: the next life waits for that too.</summary>
    private static bool HasSeenDeath(RunPlaces before, ISiloRoster roster) =>
        before.Actors.Any(actor => roster.FindDeath(SiloAddress.FromParsableString(actor.Silo)) is not null);
}
