using System.Diagnostics;
using System.Text;

namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>Runs programs that are not trusted, a few at a time, and says how each ended. Safe to use from several threads.</summary>
public sealed class Sandbox : IDisposable
{
    /// <summary>What a shell calls a process that a signal ended: 128 and the signal.</summary>
    private const int Signalled = 128, TimeUp = Signalled + 24, BadCall = Signalled + 31, Killed = Signalled + 9;

    private readonly Bubblewrap _bubblewrap;
    private readonly SemaphoreSlim _places;

    private Sandbox(Bubblewrap bubblewrap, int atOnce) => (_bubblewrap, _places) = (bubblewrap, new SemaphoreSlim(atOnce));

    /// <param name="atOnce">Programs; as many as there are cores if left out.</param>
    /// <exception cref="SandboxMissingException">A program in a sandbox of this machine does not run, or sees what it must not.</exception>
    public static async Task<Sandbox> OpenAsync(int? atOnce = null, CancellationToken cancellationToken = default)
    {
        if (!OperatingSystem.IsLinux())
            throw new SandboxMissingException("it does not run Linux");

        var sandbox = new Sandbox(new Bubblewrap(), atOnce ?? Environment.ProcessorCount);
        try
        {
            // A sandbox is trusted once it has shown that it holds.
            var trial = await sandbox.RunAsync(
                null, default, SandboxLimits.Default, cancellationToken, "/bin/sh", "-c", "test ! -e /proc/1 && test ! -e /etc/passwd && test ! -e /root && echo held");
            return trial.IsSuccess && Encoding.UTF8.GetString(trial.Output).Trim() == "held"
                ? sandbox
                : throw new SandboxMissingException($"a first program did not run in bubblewrap as it should ({trial.Ending}, exit code {trial.ExitCode}: {trial.Error.Trim()})");
        }
        catch (Exception failure)
        {
            sandbox.Dispose();
            if (failure is System.ComponentModel.Win32Exception missing)
                throw new SandboxMissingException(missing.Message);

            throw;
        }
    }

    /// <param name="input">All that the program reads.</param>
    /// <param name="command">A program of /usr or <see cref="ProgramFolder.Inside"/> and its arguments.</param>
    internal Task<SandboxOutcome> RunAsync(
        ProgramFolder? folder, ReadOnlyMemory<byte> input, SandboxLimits limits, CancellationToken cancellationToken, params string[] command) =>
        HoldPlaceAsync(_ => RunNowAsync(folder, input, limits, command, cancellationToken), cancellationToken);

    /// <summary>Two programs that talk to each other line by line take one place.</summary>
    internal async Task<T> HoldPlaceAsync<T>(Func<Bubblewrap, Task<T>> work, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await work(_bubblewrap);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        _bubblewrap.Dispose();
        _places.Dispose();
    }

    /// <returns>How a process ended that nobody stopped.</returns>
    internal static SandboxEnding EndingOf(int exitCode) => exitCode switch
    {
        TimeUp or Killed => SandboxEnding.OutOfTime, // the kernel's soft limit, then its hard one
        BadCall => SandboxEnding.Violation,
        > Signalled and < 160 => SandboxEnding.Crashed,
        _ => SandboxEnding.Exited,
    };

    private async Task<SandboxOutcome> RunNowAsync(
        ProgramFolder? folder, ReadOnlyMemory<byte> input, SandboxLimits limits, string[] command, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = _bubblewrap.Start(folder, limits, command);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limits.WallTime);
        SandboxEnding? stopped = null;
        var writing = WriteAsync(process, input, deadline.Token);
        var error = StreamTail.ReadAsync(process.StandardError.BaseStream, SandboxLimits.ErrorBytes, deadline.Token);
        byte[] output = [];
        try
        {
            (output, var isWhole) = await ReadAsync(process.StandardOutput.BaseStream, limits.OutputBytes, deadline.Token);
            if (!isWhole)
                stopped = SandboxEnding.TooMuchOutput;
            else
                await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            stopped = SandboxEnding.OutOfTime;
        }
        finally
        {
            // bubblewrap takes all of its sandbox with it.
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        await writing;
        return new SandboxOutcome(stopped ?? EndingOf(process.ExitCode), process.ExitCode, output, Encoding.UTF8.GetString(await error), Stopwatch.GetElapsedTime(start));
    }

    private static async Task WriteAsync(Process process, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = process.StandardInput.BaseStream;
            await stream.WriteAsync(input, cancellationToken);
        }
        catch (Exception unread) when (unread is IOException or OperationCanceledException)
        {
            // It need not read all of its input.
        }
    }

    /// <returns>What came, and whether that was all.</returns>
    private static async Task<(byte[] Bytes, bool IsWhole)> ReadAsync(Stream stream, int most, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var room = new byte[64 << 10];
        while (await stream.ReadAsync(room, cancellationToken) is > 0 and var count)
        {
            bytes.Write(room, 0, (int)Math.Min(count, most - bytes.Length));
            if (bytes.Length == most && count > 0)
                return (bytes.ToArray(), false);
        }

        return (bytes.ToArray(), true);
    }
}
