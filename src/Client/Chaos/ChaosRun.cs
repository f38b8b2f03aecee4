using System.Runtime.CompilerServices;
using SeedOrleans.Client.Cluster;
using SeedOrleans.Client.Commands;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Chaos;

/// <summary>Strikes silos while a run trains, and sees what each blow costs it.</summary>
/// <param name="stepsBetween">Steps that the run must commit before the first blow and from each to the next.</param>
internal sealed class ChaosRun(IRunConnection connection, IChaosVictims victims, string runId, int stepsBetween, TimeProvider time)
{
    private static readonly TimeSpan
        Interval = TimeSpan.FromMilliseconds(50),

        // A question to a silo that has just died is never answered, and a long wait would blur the measurement.
        Answer = TimeSpan.FromSeconds(1),

        // A silo that was taken for dead while it was frozen ends itself when it learns of that.
        LongestEnd = TimeSpan.FromSeconds(15),

        Patience = TimeSpan.FromMinutes(10);

    /// <returns>Each blow when the run is over it; fewer than planned where the run ends first.</returns>
    public async IAsyncEnumerable<ChaosBlow> StrikeAsync(IEnumerable<ChaosStrike> plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = Math.Max(1, stepsBetween);
        foreach (var strike in plan)
        {
            if (!await ReachesAsync(next, cancellationToken))
                yield break;

            await Task.Delay(strike.Delay, time, cancellationToken);
            await victims.ReviveAsync(cancellationToken);
            var before = await LookAsync(cancellationToken);
            if (before.IsFinished())
                yield break;

            next = Math.Max(1, before.Step + stepsBetween);
            yield return await StrikeAsync(strike, before, cancellationToken);
        }
    }

    /// <returns>False where it is over.</returns>
    private async Task<bool> ReachesAsync(int step, CancellationToken cancellationToken)
    {
        while (true)
        {
            var summary = await LookAsync(cancellationToken);
            if (summary.IsFinished() || summary.Step >= step)
                return !summary.IsFinished();

            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    private async Task<ChaosBlow> StrikeAsync(ChaosStrike strike, RunSummary before, CancellationToken cancellationToken)
    {
        var (at, begun) = (time.GetUtcNow(), time.GetTimestamp());
        try
        {
            if (strike.Stopped is null)
                victims.Kill(strike.Silo);
            else
                victims.Stop(strike.Silo);

            var revival = ReviveAsync(strike, cancellationToken);
            var cost = await CostAsync(strike.Silo, before, at, begun, revival, cancellationToken);
            await revival;
            if (strike.Stopped is not null && cost is not null)
                await BuryAsync(strike.Silo, cancellationToken);

            return new ChaosBlow
            {
                Strike = strike,
                Step = before.Step,
                Hosted = before.Silos.FirstOrDefault(silo => silo.Name == strike.Silo)?.Hosts ?? [],
                Cost = cost,
            };
        }
        finally
        {
            victims.Continue(strike.Silo);
        }
    }

    private async Task<ChaosCost?> CostAsync(
        string silo, RunSummary before, DateTimeOffset at, long begun, Task revival, CancellationToken cancellationToken)
    {
        List<ChaosLook> looks = [];
        while (time.GetElapsedTime(begun) < Patience)
        {
            var summary = await LookAsync(cancellationToken);
            looks.Add(new ChaosLook(time.GetElapsedTime(begun), summary));
            if (ChaosVerdict.Of(silo, before, at, looks) is { IsOver: true } verdict)
                return verdict.Cost;

            if (revival.IsFaulted)
                await revival;

            await Task.Delay(Interval, time, cancellationToken);
        }

        throw new CommandFailedException(
            ExitCode.RunFailed, $"Run {runId} did not go on within {Patience.TotalMinutes:0} minutes after {silo} was struck at step {before.Step}.");
    }

    private async Task ReviveAsync(ChaosStrike strike, CancellationToken cancellationToken)
    {
        if (strike.Stopped is { } stopped)
        {
            await Task.Delay(stopped, time, cancellationToken);
            victims.Continue(strike.Silo);
        }
        else
        {
            await EndAsync(strike.Silo, cancellationToken);
        }

        await victims.ReviveAsync(cancellationToken);
    }

    private async Task BuryAsync(string silo, CancellationToken cancellationToken)
    {
        await EndAsync(silo, cancellationToken);
        await victims.ReviveAsync(cancellationToken);
    }

    /// <summary>Waits until a process that is to end has ended: even a killed one takes its time.</summary>
    private async Task EndAsync(string silo, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (victims.IsAlive(silo) && time.GetElapsedTime(begun) < LongestEnd)
            await Task.Delay(Interval, time, cancellationToken);
    }

    private async Task<RunSummary> LookAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            using var look = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            look.CancelAfter(Answer);
            try
            {
                return await connection.GetSummaryAsync(runId, look.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
            }
        }
    }
}
