using System.Diagnostics;

namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>A program in a bubblewrap of its own.</summary>
internal sealed class BubblewrapProgram : RunningProgram
{
    private readonly Process _process;

    /// <param name="process">bubblewrap, which takes all of its sandbox with it. Owned from now on.</param>
    public BubblewrapProgram(Process process, SandboxLimits limits)
        : base(process.Id, limits)
    {
        _process = process;
        Watch();
    }

    public override Stream Input => _process.StandardInput.BaseStream;

    public override Stream Output => _process.StandardOutput.BaseStream;

    public override Stream Error => _process.StandardError.BaseStream;

    public override void Kill() => _process.Kill();

    public override async Task<int> ExitCodeAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    protected override async ValueTask EndAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
