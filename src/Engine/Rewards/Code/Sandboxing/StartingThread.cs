using System.Collections.Concurrent;
using System.Diagnostics;

namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>Starts the processes of sandboxes on a thread that ends with this process: a sandbox dies with the thread that started it, and threads of the pool come and go.</summary>
internal static class StartingThread
{
    private static readonly BlockingCollection<Action> Starts = Run();

    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program here.</exception>
    public static Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Starts.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception failure)
            {
                started.SetException(failure);
            }
        });
        return started.Task;
    }

    private static BlockingCollection<Action> Run()
    {
        var starts = new BlockingCollection<Action>();
        var thread = new Thread(() =>
        {
            foreach (var start in starts.GetConsumingEnumerable())
                start();
        })
        {
            IsBackground = true,
            Name = "sandboxes",
        };
        thread.Start();
        return starts;
    }
}
