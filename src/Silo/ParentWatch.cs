using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace SeedOrleans.Silo;

/// <summary>Ends the silo when the process that started it is gone, even if that was killed.</summary>
internal sealed class ParentWatch(IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Ctrl-C goes to the whole process group; the parent decides what it means, and needs the silo to do it.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);

        var input = Console.OpenStandardInput();
        var buffer = new byte[256];
        while (await input.ReadAsync(buffer, stoppingToken) > 0)
        {
        }

        lifetime.StopApplication();
    }
}
