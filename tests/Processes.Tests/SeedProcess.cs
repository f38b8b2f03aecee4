using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SeedOrleans.Processes.Tests;

/// <summary>One of our programs as a process of its own. Disposing it kills it if it still runs.</summary>
internal sealed partial class SeedProcess : IAsyncDisposable
{
    public const int Interrupt = 2, Kill = 9, Terminate = 15;

    /// <summary>For anything that a process is to do; a machine busy with other things is slow, not wrong.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly BlockingCollection<string> _lines = [];
    private readonly List<string> _read = [];
    private readonly Task<string> _error;
    private readonly Task _output;

    private SeedProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
        _output = Task.Run(async () =>
        {
            while (await process.StandardOutput.ReadLineAsync() is { } line)
                _lines.Add(line);

            _lines.CompleteAdding();
        });
    }

    public static SeedProcess Silo(params string[] arguments) => Start("Silo", arguments);

    /// <summary>A silo in a network namespace.</summary>
    public static SeedProcess SiloIn(string network, params string[] arguments) => Start("Silo", arguments, "ip", "netns", "exec", network, "dotnet");

    public static SeedProcess Client(params string[] arguments) => Start("Client", arguments);

    /// <summary>Runs the console to its end.</summary>
    public static async Task<Ending> RunClientAsync(params string[] arguments)
    {
        await using var client = Client(arguments);
        return await client.EndAsync();
    }

    /// <summary>Process ids of the silos that write to <paramref name="dataFolder"/>.</summary>
    public static int[] SilosOf(string dataFolder) =>
    [
        .. Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Where(id =>
        {
            try
            {
                var command = File.ReadAllText($"/proc/{id}/cmdline").Split('\0');
                return command.Any(part => part.EndsWith("SeedOrleans.Silo.dll", StringComparison.Ordinal)) && command.Contains(dataFolder);
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                return false; // It ended while we looked, or is somebody else's.
            }
        }).Select(id => int.Parse(id!, null)),
    ];

    /// <summary>Waits for the end of a process that somebody else started.</summary>
    public static async Task GoneAsync(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            await process.WaitForExitAsync().WaitAsync(Deadline);
        }
        catch (ArgumentException)
        {
            // It is gone already.
        }
    }

    /// <returns>The first line of output, from here on, that contains <paramref name="text"/>.</returns>
    public async Task<string> LineWithAsync(string text)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        return await Task.Run(
            async () =>
            {
                foreach (var line in _lines.GetConsumingEnumerable(deadline.Token))
                {
                    _read.Add(line);
                    if (line.Contains(text, StringComparison.Ordinal))
                        return line;
                }

                throw new InvalidOperationException($"The process ended without writing \"{text}\". It wrote:\n{string.Join('\n', _read)}\n{await _error}");
            },
            CancellationToken.None);
    }

    public void CloseInput() => _process.StandardInput.Close();

    public void Signal(int signal) => Signal(_process.Id, signal);

    /// <summary>Sends a signal to a process that need not be ours.</summary>
    public static void Signal(int process, int signal) => Assert.Equal(0, SendSignal(process, signal));

    /// <summary>Waits until the process has ended.</summary>
    public async Task<Ending> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Deadline);
        await _output;
        _read.AddRange(_lines);
        return new Ending(_process.ExitCode, [.. _read], await _error);
    }

    /// <summary>Ends the process by force if it still runs.</summary>
    public Task<Ending> KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);

        return EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);

        await _process.WaitForExitAsync();
        await _output;
        _lines.Dispose();
        _process.Dispose();
    }

    /// <param name="dotnet">The program that runs assemblies, with what comes before the assembly.</param>
    private static SeedProcess Start(string project, string[] arguments, params string[] dotnet)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.GetFullPath(Path.Combine(output.FullName, "..", "..", project, output.Name, $"SeedOrleans.{project}.dll"));
        var start = new ProcessStartInfo(dotnet is [var first, ..] ? first : "dotnet", [.. dotnet.Skip(1), program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        return new SeedProcess(Process.Start(start)!);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}

/// <summary>How a process ended and what it wrote.</summary>
internal sealed record Ending(int Code, string[] Output, string Error);
