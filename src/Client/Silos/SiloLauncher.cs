using System.Diagnostics;
using System.Text.RegularExpressions;
using SeedOrleans.Client.Cluster;

namespace SeedOrleans.Client.Silos;

/// <summary>Starts the silo's program as a child that cannot outlive this process.</summary>
internal sealed partial class SiloLauncher : ISiloLauncher
{
    /// <summary>A slow disk and a cold cache take seconds; a minute is a fault.</summary>
    private static readonly TimeSpan ReadyDeadline = TimeSpan.FromMinutes(1);

    public async Task<IRunningSilo> StartAsync(string dataFolder, string? storage, CancellationToken cancellationToken)
    {
        var clusterId = storage is null ? $"alone-{Guid.NewGuid():n}" : ClusterPlace.DefaultClusterId;
        string[] shared = storage is null ? [] : ["--storage", storage];
        var start = SiloExecutable.Describe(
            ["--silo-port", "0", "--gateway-port", "0", "--data", Path.GetFullPath(dataFolder), "--cluster-id", clusterId, .. shared]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;

        var log = OpenLog(dataFolder);
        var process = Process.Start(start)!;
        _ = DrainAsync(process.StandardError, log);

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(ReadyDeadline);
        try
        {
            while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
            {
                if (Ready().Match(line) is not { Success: true } ready)
                    continue;

                _ = DrainAsync(process.StandardOutput, log);
                return new SiloProcess(process, log, ready.Groups["gateway"].Value, clusterId);
            }
        }
        catch (OperationCanceledException)
        {
            await SiloProcess.EndAsync(process);
            if (cancellationToken.IsCancellationRequested)
                throw;

            throw new SiloFailedException($"The silo was not ready within {ReadyDeadline.TotalSeconds:0} seconds. It logged last:", log.Tail());
        }

        await process.WaitForExitAsync(cancellationToken);
        throw new SiloFailedException($"The silo ended with code {process.ExitCode} before it was ready. It logged last:", log.Tail());
    }

    public async Task<int> RunInForegroundAsync(IReadOnlyList<string> options, CancellationToken cancellationToken)
    {
        using var process = Process.Start(SiloExecutable.Describe(options))!;
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await SiloProcess.EndAsync(process);
            throw;
        }
    }

    /// <summary>A pipe that nobody reads fills up and stops its writer.</summary>
    private static async Task DrainAsync(StreamReader output, SiloLog log)
    {
        while (await output.ReadLineAsync() is { } line)
            log.Add(line);
    }

    private static SiloLog OpenLog(string dataFolder)
    {
        try
        {
            Directory.CreateDirectory(dataFolder);
            return new SiloLog(Path.Combine(Path.GetFullPath(dataFolder), "silo.log"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SiloFailedException($"Nothing can be written in {dataFolder}: {exception.Message} Choose another folder with --data.", "");
        }
    }

    [GeneratedRegex(@"^ready gateway=(?<gateway>\S+) ")]
    private static partial Regex Ready();
}
