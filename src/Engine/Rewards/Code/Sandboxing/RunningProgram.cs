namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>A program in a sandbox. With this object it ends, and everything that it started.</summary>
/// <param name="root">The process below which all of the program's are.</param>
internal abstract class RunningProgram(int root, SandboxLimits limits) : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private Task _watch = Task.CompletedTask;

    public int Root => root;

    public abstract Stream Input { get; }

    public abstract Stream Output { get; }

    public abstract Stream Error { get; }

    /// <summary>Whether it was stopped since its processes together held more memory than they may.</summary>
    public bool IsOutOfMemory { get; private set; }

    public abstract void Kill();

    /// <returns>Its exit code; 128 and the signal where one ended it.</returns>
    /// <exception cref="ZygoteDiedException">The sandbox ended, and with it the program, for no reason of the program's.</exception>
    public abstract Task<int> ExitCodeAsync(CancellationToken cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watch;
        await EndAsync();
        _end.Dispose();
    }

    protected abstract ValueTask EndAsync();

    /// <summary>Looks at the memory of all its processes together now and then; what a single one may have the kernel bounds.</summary>
    protected void Watch() => _watch = WatchAsync();

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(SandboxLimits.MemoryInterval);
        try
        {
            while (!IsOutOfMemory && await timer.WaitForNextTickAsync(_end.Token))
                if (ProcessTree.HoldsMoreThan(limits.MemoryBytes, root))
                {
                    IsOutOfMemory = true;
                    Kill();
                }
        }
        catch (OperationCanceledException)
        {
            // It has ended.
        }
    }
}
