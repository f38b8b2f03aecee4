using System.Net.Sockets;

namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>A program that a <see cref="Zygote"/> forked.</summary>
internal sealed class ZygoteProgram : RunningProgram
{
    private readonly Zygote _zygote;
    private readonly Task<int> _exitCode;
    private readonly Action<bool> _handBack;
    private readonly NetworkStream _input, _output, _error;

    /// <param name="exitCode">When it comes, no process of the program is left.</param>
    /// <param name="handBack">Called at the end: whether the zygote can take the next.</param>
    public ZygoteProgram(Zygote zygote, Socket[] streams, Task<int> exitCode, SandboxLimits limits, Action<bool> handBack)
        : base(zygote.ProcessId, limits)
    {
        (_zygote, _exitCode, _handBack) = (zygote, exitCode, handBack);
        (_input, _output, _error) = (Owned(streams[0]), Owned(streams[1]), Owned(streams[2]));
        Watch();
    }

    public override Stream Input => _input;

    public override Stream Output => _output;

    public override Stream Error => _error;

    public override void Kill()
    {
        if (!_exitCode.IsCompleted)
            _zygote.KillProgram();
    }

    public override Task<int> ExitCodeAsync(CancellationToken cancellationToken) => _exitCode.WaitAsync(cancellationToken);

    protected override async ValueTask EndAsync()
    {
        Kill();
        var isWell = true;
        try
        {
            await _exitCode.WaitAsync(Zygote.Patience);
        }
        catch (Exception lost) when (lost is ZygoteDiedException or TimeoutException)
        {
            isWell = false;
        }

        await _input.DisposeAsync();
        await _output.DisposeAsync();
        await _error.DisposeAsync();
        _handBack(isWell);
    }

    private static NetworkStream Owned(Socket socket) => new(socket, ownsSocket: true);
}
