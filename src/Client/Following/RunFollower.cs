using System.Runtime.CompilerServices;
using SeedOrleans.Client.Cluster;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Following;

/// <summary>Watches a run by asking for its newest events four times a second.</summary>
internal sealed class RunFollower(IRunConnection connection, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <returns>An update a look, with or without events, until the run is finished and all its events were given.</returns>
    public async IAsyncEnumerable<RunUpdate> FollowAsync(string runId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long seen = 0;
        var saidFinished = false;

        while (true)
        {
            // The summary first: a run that it calls finished writes at most its last event after this.
            var summary = await connection.GetSummaryAsync(runId, cancellationToken);
            var events = await connection.ReadEventsAsync(runId, seen, cancellationToken);

            // A run that was resumed has told of an end before.
            if (!events.IsEmpty)
                (seen, saidFinished) = (events[^1].Number, events[^1].Kind == RunEventKind.Finished);

            yield return new RunUpdate(summary, events);

            if (summary.IsFinished() && (saidFinished || events.IsEmpty))
                yield break;

            if (events.IsEmpty || summary.IsFinished() || saidFinished)
                await Task.Delay(Interval, time, cancellationToken);
        }
    }
}
