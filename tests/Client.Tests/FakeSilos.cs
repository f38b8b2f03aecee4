using SeedOrleans.Client.Silos;

namespace SeedOrleans.Client.Tests;

/// <summary>Silos that are only counted.</summary>
internal sealed class FakeSilos : ISiloLauncher, IRunningSilo
{
    private readonly TaskCompletionSource _ended = new();

    public int Started { get; private set; }

    public int Disposed { get; private set; }

    public string? Storage { get; private set; }

    public IReadOnlyList<string> ForegroundOptions { get; private set; } = [];

    public string Gateway => "127.0.0.1:40000";

    public string ClusterId => "alone-fake";

    public Task Ended => _ended.Task;

    public void Die() => _ended.SetResult();

    public string LogTail() => "  out of memory";

    public Task<IRunningSilo> StartAsync(string dataFolder, string? storage, CancellationToken cancellationToken)
    {
        Started++;
        Storage = storage;
        return Task.FromResult<IRunningSilo>(this);
    }

    public Task<int> RunInForegroundAsync(IReadOnlyList<string> options, CancellationToken cancellationToken)
    {
        ForegroundOptions = options;
        return Task.FromResult(2);
    }

    public ValueTask DisposeAsync()
    {
        Disposed++;
        return ValueTask.CompletedTask;
    }
}
