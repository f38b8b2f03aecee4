using System.Diagnostics;
using System.Text;

namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>A program in a sandbox that is spoken with line by line. Ends with this object.</summary>
internal sealed class SandboxedTalk : IDisposable
{
    private readonly Process _process;
    private readonly SandboxLimits _limits;
    private readonly CancellationTokenSource _end = new();
    private readonly Task<byte[]> _error;
    private readonly byte[] _room = new byte[64 << 10];
    private readonly MemoryStream _line = new();
    private int _at, _filled;
    private long _heard;
    private bool _saysTooMuch;

    /// <param name="process">Owned from now on.</param>
    public SandboxedTalk(Process process, SandboxLimits limits)
    {
        (_process, _limits) = (process, limits);
        _error = StreamTail.ReadAsync(process.StandardError.BaseStream, SandboxLimits.ErrorBytes, _end.Token);
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

            (_at, _filled) = (0, await _process.StandardOutput.BaseStream.ReadAsync(_room, cancellationToken));
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
            await _process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellationToken);
            await _process.StandardInput.BaseStream.FlushAsync(cancellationToken);
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

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        return new SandboxOutcome(Sandbox.EndingOf(_process.ExitCode), _process.ExitCode, [], Encoding.UTF8.GetString(await _error), time);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _end.Cancel();
        _process.Dispose();
        _end.Dispose();
        _line.Dispose();
    }
}
