using System.Collections.Immutable;
using SeedOrleans.Client.Cluster;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;
using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Client.Tests;

/// <summary>A cluster whose runs go as a test says: each look at a run's events takes the next batch.</summary>
internal sealed class FakeCluster : IRunConnector, IRunConnection
{
    private readonly Queue<ImmutableArray<RunEvent>> _batches = [];

    public bool IsReachable { get; set; } = true;

    public Exception? Refusal { get; set; }

    public List<RunSummary> Runs { get; } = [];

    public RunStatus StatusAtEnd { get; set; } = RunStatus.Succeeded;

    public RunSpec? Submitted { get; private set; }

    public (string RunId, int Step)? ForkedFrom { get; private set; }

    public List<string> Stopped { get; } = [];

    public List<(string RunId, int? Step)> Resumed { get; } = [];

    public FakeCheckpoints Checkpoints { get; } = new();

    public FakeReplay Replay { get; } = new();

    public ClusterPlace? Place { get; private set; }

    /// <summary>What a run's summary becomes at each look; null changes nothing.</summary>
    public Func<RunSummary, RunSummary>? OnLook { get; set; }

    /// <summary>Called when the events are exhausted; by default the run is then over.</summary>
    public Action? OnExhausted { get; set; }

    public void Tell(params RunEvent[] events) => _batches.Enqueue([.. events]);

    public Task<IRunConnection> ConnectAsync(ClusterPlace place, CancellationToken cancellationToken)
    {
        Place = place;
        return IsReachable ? Task.FromResult<IRunConnection>(this) : throw new ClusterUnreachableException($"{place}", "connection refused");
    }

    public Task<string> SubmitAsync(RunSpec spec, CancellationToken cancellationToken)
    {
        MayRefuse();
        Submitted = spec;
        Runs.Add(Samples.Summary("first-abcdef", RunStatus.Training));
        return Task.FromResult("first-abcdef");
    }

    public Task<string> ForkAsync(string runId, int step, RunSpec spec, CancellationToken cancellationToken)
    {
        ForkedFrom = (runId, step);
        return SubmitAsync(spec, cancellationToken);
    }

    public Task<ImmutableArray<RunSummary>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(Runs.ToImmutableArray());

    public Task<ImmutableArray<RunSummary>> FindAsync(string idOrPrefix, CancellationToken cancellationToken) =>
        Task.FromResult(Runs.Where(run => run.RunId.StartsWith(idOrPrefix, StringComparison.Ordinal)).ToImmutableArray());

    public Task<RunSummary> GetSummaryAsync(string runId, CancellationToken cancellationToken)
    {
        var index = Runs.FindIndex(run => run.RunId == runId);
        Runs[index] = OnLook?.Invoke(Runs[index]) ?? Runs[index];
        return Task.FromResult(Runs[index]);
    }

    public RunSpec Spec { get; set; } = Samples.Spec;

    public Task<RunSpec> GetSpecAsync(string runId, CancellationToken cancellationToken) => Task.FromResult(Spec);

    public Task<ImmutableArray<RunEvent>> ReadEventsAsync(string runId, long after, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_batches.TryDequeue(out var batch))
            return Task.FromResult(batch);

        if (OnExhausted is null)
            End(runId, StatusAtEnd);
        else
            OnExhausted();

        return Task.FromResult(ImmutableArray<RunEvent>.Empty);
    }

    public Task StopAsync(string runId, CancellationToken cancellationToken)
    {
        Stopped.Add(runId);
        End(runId, RunStatus.Stopped);
        return Task.CompletedTask;
    }

    /// <summary>That a run was last resumed with.</summary>
    public LayoutSpec? Layout { get; private set; }

    public Task ResumeAsync(string runId, int? step, LayoutSpec? layout, CancellationToken cancellationToken)
    {
        MayRefuse();
        Resumed.Add((runId, step));
        Layout = layout;
        End(runId, RunStatus.Training);
        return Task.CompletedTask;
    }

    IRunCheckpoints IRunConnection.Checkpoints(string runId) => Checkpoints;

    public Task<IRunReplay> ReplayAsync(string runId, ReplayOrder order, CancellationToken cancellationToken)
    {
        MayRefuse();
        Replay.Order = order;
        return Task.FromResult<IRunReplay>(Replay);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void MayRefuse()
    {
        if (Refusal is not null)
            throw Refusal;
    }

    private void End(string runId, RunStatus status)
    {
        var index = Runs.FindIndex(run => run.RunId == runId);
        Runs[index] = Runs[index] with { Status = status };
    }
}
