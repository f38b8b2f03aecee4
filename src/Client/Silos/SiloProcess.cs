using System.Diagnostics;

namespace SeedOrleans.Client.Silos;

/// <summary>A silo as a child process. It ends when its standard input closes, and by force if it does not.</summary>
internal sealed class SiloProcess(Process process, SiloLog log, string gateway, string clusterId) : IRunningSilo
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public string Gateway { get; } = gateway;

    public string ClusterId { get; } = clusterId;

    public Task Ended { get; } = process.WaitForExitAsync();

    public string LogTail() => log.Tail();

    public async ValueTask DisposeAsync()
    {
        await EndAsync(process);
        process.Dispose();
        log.Dispose();
    }

    /// <summary>Asks the process to end, waits, and kills it if it stays.</summary>
    public static async Task EndAsync(Process process)
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone already.
        }

        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }
}
