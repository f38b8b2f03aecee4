using System.Collections.Concurrent;

namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>Zygotes, as many as programs were ever at once, each with one program at a time. One that died is replaced when the next program comes.</summary>
internal sealed class Zygotes : IProgramStarter, IDisposable
{
    private readonly ConcurrentStack<Zygote> _idle = new();
    private volatile bool _isClosed;
    private int _started;

    /// <summary>So far.</summary>
    public int Started => _started;

    public async Task<RunningProgram> StartAsync(ProgramFolder? folder, SandboxLimits limits, string[] command, CancellationToken cancellationToken)
    {
        if (!_idle.TryPop(out var zygote))
        {
            zygote = await Zygote.StartAsync(cancellationToken);
            Interlocked.Increment(ref _started);
        }

        try
        {
            return await zygote.RunAsync(folder, limits, command, isWell => HandBack(zygote, isWell), cancellationToken);
        }
        catch
        {
            // Half a run may be in it.
            zygote.Dispose();
            throw;
        }
    }

    /// <summary>Ends those that wait for a program; the next program starts another.</summary>
    public void Rest()
    {
        while (_idle.TryPop(out var zygote))
            zygote.Dispose();
    }

    public void Dispose()
    {
        _isClosed = true;
        Rest();
    }

    private void HandBack(Zygote zygote, bool isWell)
    {
        if (isWell && !_isClosed)
            _idle.Push(zygote);
        else
            zygote.Dispose();
    }
}
