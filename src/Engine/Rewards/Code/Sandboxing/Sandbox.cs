using System.Diagnostics;
using System.Text;

namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>Runs programs that are not trusted, a few at a time, and says how each ended. Safe to use from several threads.</summary>
/// <remarks>More than there are places wait for one, first come, first served; whoever is cancelled leaves the place at once, and the program ends.</remarks>
public sealed class Sandbox : IDisposable
{
    /// <summary>What a shell calls a process that a signal ended: 128 and the signal.</summary>
    private const int Signalled = 128, TimeUp = Signalled + 24, BadCall = Signalled + 31, Killed = Signalled + 9;

    private readonly Bubblewrap _bubblewrap;
    private readonly Zygotes? _zygotes;
    private readonly SemaphoreSlim _places;

    private Sandbox(SandboxMode mode, int atOnce)
    {
        (_bubblewrap, _places) = (new Bubblewrap(), new SemaphoreSlim(atOnce));
        _zygotes = mode == SandboxMode.Forked ? new Zygotes() : null;
    }

    public SandboxMode Mode => _zygotes is null ? SandboxMode.Single : SandboxMode.Forked;

    /// <summary>So far, those that replaced others among them.</summary>
    internal int ZygotesStarted => _zygotes?.Started ?? 0;

    /// <param name="atOnce">Programs; as many as there are cores if left out.</param>
    /// <param name="mode">The fastest that holds on this machine if left out.</param>
    /// <exception cref="SandboxMissingException">A program in a sandbox of this machine does not run, or sees what it must not.</exception>
    public static async Task<Sandbox> OpenAsync(int? atOnce = null, SandboxMode? mode = null, CancellationToken cancellationToken = default)
    {
        if (!OperatingSystem.IsLinux())
            throw new SandboxMissingException("it does not run Linux");

        if (mode is null)
            try
            {
                return await OpenAsync(atOnce, SandboxMode.Forked, cancellationToken);
            }
            catch (SandboxMissingException)
            {
                // Namespaces within namespaces are more than some machines allow.
            }

        var sandbox = new Sandbox(mode ?? SandboxMode.Single, atOnce ?? Environment.ProcessorCount);
        try
        {
            await SandboxTrial.RunAsync(sandbox, cancellationToken);
            return sandbox;
        }
        catch (Exception failure)
        {
            sandbox.Dispose();
            if (failure is System.ComponentModel.Win32Exception or ZygoteDiedException)
                throw new SandboxMissingException(failure.Message);

            throw;
        }
    }

    /// <param name="input">All that the program reads.</param>
    /// <param name="command">A program of /usr or <see cref="ProgramFolder.Inside"/> and its arguments.</param>
    internal Task<SandboxOutcome> RunAsync(
        ProgramFolder? folder, ReadOnlyMemory<byte> input, SandboxLimits limits, CancellationToken cancellationToken, params string[] command) =>
        HoldPlaceAsync(starter => RunNowAsync(starter, folder, input, limits, command, cancellationToken), cancellationToken);

    /// <summary>As <see cref="RunAsync"/>, and a zygote's death is told instead of made good.</summary>
    internal Task<SandboxOutcome> TryAsync(SandboxLimits limits, ProgramFolder? folder, string[] command, CancellationToken cancellationToken) =>
        RunNowAsync((IProgramStarter?)_zygotes ?? _bubblewrap, folder, default, limits, command, cancellationToken);

    /// <summary>Two programs that talk to each other line by line take one place.</summary>
    /// <param name="work">Done once more, in bubblewraps of its own, where a zygote died meanwhile: no verdict depends on another program.</param>
    internal async Task<T> HoldPlaceAsync<T>(Func<IProgramStarter, Task<T>> work, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await work((IProgramStarter?)_zygotes ?? _bubblewrap);
        }
        catch (ZygoteDiedException)
        {
            return await work(_bubblewrap);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Ends what only waits for programs, for nobody will send any for some time.</summary>
    public void Rest() => _zygotes?.Rest();

    public void Dispose()
    {
        _zygotes?.Dispose();
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

    private static async Task<SandboxOutcome> RunNowAsync(
        IProgramStarter starter, ProgramFolder? folder, ReadOnlyMemory<byte> input, SandboxLimits limits, string[] command, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        await using var program = await starter.StartAsync(folder, limits, command, cancellationToken);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limits.WallTime);
        SandboxEnding? stopped = null;
        var writing = WriteAsync(program.Input, input, deadline.Token);
        var error = StreamTail.ReadAsync(program.Error, SandboxLimits.ErrorBytes, deadline.Token);
        byte[] output = [];
        var exitCode = Killed;
        try
        {
            (output, var isWhole) = await ReadAsync(program.Output, limits.OutputBytes, deadline.Token);
            if (!isWhole)
                stopped = SandboxEnding.TooMuchOutput;
            else
                exitCode = await program.ExitCodeAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            stopped = SandboxEnding.OutOfTime;
        }
        finally
        {
            program.Kill();
        }

        if (stopped is not null)
            await program.ExitCodeAsync(CancellationToken.None);

        await writing;
        if (program.IsOutOfMemory)
            stopped = SandboxEnding.OutOfMemory;

        return new SandboxOutcome(stopped ?? EndingOf(exitCode), exitCode, output, Encoding.UTF8.GetString(await error), Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Closes the stream, so that the program sees an end.</summary>
    private static async Task WriteAsync(Stream stream, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        try
        {
            await using (stream)
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
        try
        {
            while (await stream.ReadAsync(room, cancellationToken) is > 0 and var count)
            {
                bytes.Write(room, 0, (int)Math.Min(count, most - bytes.Length));
                if (bytes.Length == most && count > 0)
                    return (bytes.ToArray(), false);
            }
        }
        catch (IOException)
        {
            // The other side of a socket went, which is an end as well.
        }

        return (bytes.ToArray(), true);
    }
}
