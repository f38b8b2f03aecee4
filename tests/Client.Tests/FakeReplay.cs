using SeedOrleans.Client.Cluster;
using SeedOrleans.Domain.Runs;
using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Client.Tests;

/// <summary>A replay that knows its steps beforehand, and tells one a question.</summary>
internal sealed class FakeReplay : IRunReplay
{
    public List<ReplayedStep> Steps { get; } = [];

    public string Error { get; set; } = "";

    public bool NeverEnds { get; set; }

    public Action? OnQuestion { get; set; }

    public ReplayOrder? Order { get; set; }

    public int Disposed { get; private set; }

    public Task<ReplayProgress> GetProgressAsync(int known, CancellationToken cancellationToken)
    {
        OnQuestion?.Invoke();
        cancellationToken.ThrowIfCancellationRequested();
        var isFinished = known >= Steps.Count && !NeverEnds;
        return Task.FromResult(new ReplayProgress { Steps = [.. Steps.Skip(known).Take(1)], IsFinished = isFinished, Error = isFinished ? Error : "" });
    }

    public ValueTask DisposeAsync()
    {
        Disposed++;
        return ValueTask.CompletedTask;
    }
}
