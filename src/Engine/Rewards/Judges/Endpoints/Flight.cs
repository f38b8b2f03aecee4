using System.Diagnostics.CodeAnalysis;

namespace SeedOrleans.Engine.Rewards.Judges.Endpoints;

/// <summary>A call that several wait for. It ends early when all of them have gone.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A source without a timer or a wait handle has nothing to dispose of.")]
internal sealed class Flight
{
    private readonly CancellationTokenSource _allGone = new();
    private readonly Lock _gate = new();
    private Task<KeptReply>? _call;
    private int _waiting;

    /// <returns>False where everybody has gone, and it goes no further.</returns>
    public bool TryBoard()
    {
        lock (_gate)
        {
            if (_allGone.IsCancellationRequested)
                return false;

            _waiting++;
            return true;
        }
    }

    /// <summary>Starts the call, if nobody has, and waits for it. Once for each that boarded.</summary>
    public async Task<KeptReply> WaitAsync(Func<CancellationToken, Task<KeptReply>> call, CancellationToken cancellationToken)
    {
        try
        {
            Task<KeptReply> started;
            lock (_gate)
                started = _call ??= Task.Run(() => call(_allGone.Token), CancellationToken.None);

            return await started.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (--_waiting == 0)
                _allGone.Cancel();
        }
    }
}
