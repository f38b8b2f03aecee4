using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Chaos;

/// <summary>Tells from looks at a run whether it is over a blow.</summary>
/// <param name="IsOver">False where more looks are needed.</param>
/// <param name="Cost">Null where the blow went by unnoticed, or the run ended first.</param>
internal readonly record struct ChaosVerdict(bool IsOver, ChaosCost? Cost)
{
    /// <summary>A step in flight may still be committed after a blow, and a recovery is told with the first step after it.</summary>
    private const int StepsUnnoticed = 3;

    /// <param name="before">The run just before the blow.</param>
    /// <param name="at">When it fell.</param>
    /// <param name="looks">Since then, in order; at least one.</param>
    public static ChaosVerdict Of(string silo, RunSummary before, DateTimeOffset at, IReadOnlyList<ChaosLook> looks)
    {
        var now = looks[^1].Summary;
        var news = now.Recoveries.Skip(before.Recoveries.Length).ToArray();

        if ((news.FirstOrDefault(recovery => recovery.Silo.Split(',', StringSplitOptions.TrimEntries).Contains(silo)) ?? news.FirstOrDefault()) is { } recovery)
        {
            var next = looks.Where(look => look.Summary.Step > recovery.Step).Select(look => (TimeSpan?)look.After).FirstOrDefault();
            return next is { } after
                ? new ChaosVerdict(IsOver: true, new ChaosCost(Since(recovery.Detected), Since(recovery.Restored), after, recovery.Replayed))
                : new ChaosVerdict(now.IsFinished(), Cost: null);

            // The run counts from the last sign of life; that may be a little before the blow.
            TimeSpan Since(TimeSpan afterLoss) => TimeSpan.FromTicks(Math.Max(0, (recovery.LostAt + afterLoss - at).Ticks));
        }

        return new ChaosVerdict(now.IsFinished() || now.Step >= before.Step + StepsUnnoticed, Cost: null);
    }
}
