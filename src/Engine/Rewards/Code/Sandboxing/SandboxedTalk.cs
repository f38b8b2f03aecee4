using System.Text;

namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>A program in a sandbox that is spoken with line by line.</summary>
internal sealed class SandboxedTalk : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly RunningProgram _program;
    private readonly SandboxLimits _limits;
    private readonly CancellationTokenSource _end = new();
    private readonly Task<byte[]> _error;
    private readonly byte[] _room = new byte[64 << 10];
    private readonly MemoryStream _line = new();
    private int _at, _filled;
    private long _heard;
    private bool _saysTooMuch;

    /// <param name="program">Owned from now on.</param>
    public SandboxedTalk(RunningProgram program, SandboxLimits limits)
    {
        (_program, _limits) = (program, limits);
        _error = StreamTail.ReadAsync(program.Error, SandboxLimits.ErrorBytes, _end.Token);
    }

    /// <summary>That was read last.</summary>
    public string? LastLine { get; private set; }

    /// <returns>Null where it says no more, or has said more than it may.</returns>
    public async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        _line.SetLength(0);
        while (true)
        {
            var end = Array.IndexOf(_room, (byte)'\n', _at, _filled - _at);
            _line.Write(_room, _at, (end < 0 ? _filled : end) - _at);
            _at = end < 0 ? _filled : end + 1;
            if (end >= 0)
                return LastLine = Encoding.UTF8.GetString(_line.GetBuffer(), 0, (int)_line.Length);

            (_at, _filled) = (0, await ReadSomeAsync(cancellationToken));
            _heard += _filled;
            _saysTooMuch = _heard > _limits.OutputBytes;
            if (_filled == 0 || _saysTooMuch)
                return null;
        }
    }

    /// <returns>False where it does not listen any more.</returns>
    public async Task<bool> WriteAsync(string line, CancellationToken cancellationToken)
    {
        try
        {
            await _program.Input.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellationToken);
            await _program.Input.FlushAsync(cancellationToken);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Waits for the end of a program that says no more; one that does not end is stopped.</summary>
    public async Task<SandboxOutcome> EndAsync(TimeSpan time)
    {
        if (_saysTooMuch)
            return new SandboxOutcome(SandboxEnding.TooMuchOutput, 0, [], "", time);

        int exitCode;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            exitCode = await _program.ExitCodeAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _program.Kill();
            exitCode = await _program.ExitCodeAsync(CancellationToken.None);
        }

        var ending = _program.IsOutOfMemory ? SandboxEnding.OutOfMemory : Sandbox.EndingOf(exitCode);
        return new SandboxOutcome(ending, exitCode, [], Encoding.UTF8.GetString(await _error), time);
    }

    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        await _end.CancelAsync();
        _end.Dispose();
        await _line.DisposeAsync();
    }

    private async Task<int> ReadSomeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _program.Output.ReadAsync(_room, cancellationToken);
        }
        catch (IOException)
        {
            // It ended with something unread.
            return 0;
        }
    }
}
