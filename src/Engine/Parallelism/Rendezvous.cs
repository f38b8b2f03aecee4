namespace SeedOrleans.Engine.Parallelism;

/// <summary>Where threads wait for one another: all of them pass, or none does.</summary>
internal sealed class Rendezvous(int size)
{
    private readonly object _gate = new(); // Monitor can wait and wake; Lock cannot.
    private int _arrived;
    private ulong _meeting;

    public GroupFailure? Failure { get; private set; }

    /// <summary>Waits until all have come.</summary>
    /// <exception cref="PeerFailedException">Not all came before somebody failed. Nobody passes.</exception>
    public void Meet()
    {
        lock (_gate)
        {
            if (Failure is null)
                Wait(() => Failure is not null);
            else
                throw Failure.ToException();
        }
    }

    /// <summary>Waits until all have come, whatever happens meanwhile. Only for threads that are sure to come soon.</summary>
    public void MeetForSure()
    {
        lock (_gate)
            Wait(() => false);
    }

    /// <summary>Lets nobody pass any more; whoever waits in <see cref="Meet"/> throws. The first failure counts.</summary>
    public void Fail(GroupFailure failure)
    {
        lock (_gate)
        {
            Failure ??= failure;
            Monitor.PulseAll(_gate);
        }
    }

    private void Wait(Func<bool> givenUp)
    {
        var meeting = _meeting;
        if (++_arrived == size)
        {
            (_arrived, _meeting) = (0, _meeting + 1);
            Monitor.PulseAll(_gate);
        }

        while (_meeting == meeting)
        {
            if (givenUp())
            {
                _arrived--;
                throw Failure!.ToException();
            }

            Monitor.Wait(_gate);
        }
    }
}
