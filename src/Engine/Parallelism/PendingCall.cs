namespace SeedOrleans.Engine.Parallelism;

/// <summary>A call that goes on beside whoever began it. Until it has ended its tensors are its own.</summary>
public sealed class PendingCall
{
    /// <summary>What has ended before it began.</summary>
    public static readonly PendingCall None = new(Task.CompletedTask);

    private readonly Task _call;

    internal PendingCall(Task call) => _call = call;

    public bool HasEnded => _call.IsCompleted;

    /// <summary>Returns when the call has; throws what it threw.</summary>
    /// <exception cref="PeerFailedException">See <see cref="ICommunicator"/>.</exception>
    public void Wait() => _call.GetAwaiter().GetResult();

    /// <summary>Returns when the call has, however it ended.</summary>
    internal void WaitAnyhow() => _call.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
}
