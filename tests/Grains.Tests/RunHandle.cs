using SeedOrleans.Domain.Runs;
using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Grains.Tests;

/// <summary>A run that was started, followed as a client would.</summary>
public sealed class RunHandle(string id, ITrainingRunGrain grain)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2), Look = TimeSpan.FromMilliseconds(20);

    private readonly List<RunEvent> _events = [];

    public string Id => id;

    public ITrainingRunGrain Grain => grain;

    /// <summary>Follows the run until an event is what is waited for.</summary>
    public async Task<RunEvent> UntilAsync(string expectation, Func<RunEvent, bool> isIt, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            while (true)
            {
                var news = await grain.ReadEventsAsync(_events.Count, deadline.Token);
                _events.AddRange(news);
                if (news.FirstOrDefault(isIt) is { } found)
                    return found;

                if (news.Any(happened => happened.Kind == RunEventKind.Finished))
                    Assert.Fail($"Run {id} ended before {expectation}: {news[^1].Message}");

                await Task.Delay(Look, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Run {id} was not at {expectation} within {Deadline}; its last event was {_events.LastOrDefault()}.");
        }
    }

    /// <summary>Waits until the run says that it is in a phase of its life.</summary>
    public async Task UntilAsync(RunStatus status, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        while ((await grain.GetSummaryAsync(deadline.Token)).Status != status)
            await Task.Delay(Look, deadline.Token);
    }

    public async Task<FinishedRun> FinishAsync(CancellationToken cancellationToken)
    {
        await UntilAsync("its end", happened => happened.Kind == RunEventKind.Finished, cancellationToken);
        return new FinishedRun(await grain.GetSummaryAsync(cancellationToken), [.. _events]);
    }
}
