using System.Collections.Concurrent;
using SeedOrleans.Engine.Tensors;
using TorchSharp;

namespace SeedOrleans.Engine.Devices;

/// <summary>The one thread that computes for a rank or a rollout worker, so that no actor's turn ever waits for tensors.</summary>
/// <remarks>Work runs in the order it was given. Exceptions reach whoever awaits; the thread goes on.</remarks>
public sealed class DeviceThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    public DeviceThread(string name)
    {
        _thread = new Thread(Loop) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Runs <paramref name="work"/> on this thread.</summary>
    /// <param name="cancellationToken">Drops work that has not begun; work that has begun looks at its own token.</param>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        // Continuations must leave this thread at once, or an actor's code would run on it.
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            _work.Add(() => Complete(done, work, cancellationToken), CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            done.SetException(new ObjectDisposedException(_thread.Name));
        }

        return done.Task;
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Action work, CancellationToken cancellationToken) =>
        RunAsync(
            () =>
            {
                work();
                return true;
            },
            cancellationToken);

    /// <summary>Lets what was given finish, then ends the thread.</summary>
    public void Dispose() => _work.CompleteAdding();

    private static void Complete<T>(TaskCompletionSource<T> done, Func<T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            done.SetCanceled(cancellationToken);
            return;
        }

        try
        {
            done.SetResult(work());
        }
        catch (OperationCanceledException cancelled)
        {
            done.SetCanceled(cancelled.CancellationToken);
        }
        catch (Exception failure) // The boundary between threads: whatever it is, it belongs to the caller.
        {
            done.SetException(failure);
        }
    }

    private void Loop()
    {
        LibTorch.EnsureLoaded();

        // Parallelism comes from ranks and workers; OpenMP threads on top would only fight over cores.
        torch.set_num_threads(1);
        foreach (var work in _work.GetConsumingEnumerable())
            work();

        _work.Dispose();
    }
}
