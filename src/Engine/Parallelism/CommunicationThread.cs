using SeedOrleans.Engine.Devices;
using SeedOrleans.Engine.Tensors;

namespace SeedOrleans.Engine.Parallelism;

/// <summary>Makes a rank's calls beside its computing: one after another, in groups that nobody else calls.</summary>
/// <remarks>
/// All ranks begin the same calls in the same order. What fails here fails all ranks as in any other call, in all groups: they learn of it
/// when they wait, or in whatever else they do together. Where a rank has no groups for it (<see cref="RankGroups.Background"/>), a call is made when
/// it is begun, with the same bits.
/// </remarks>
/// <param name="groups">The rank's; not owned.</param>
public sealed class CommunicationThread(RankGroups groups) : IDisposable
{
    private readonly RankGroups _groups = groups.Background ?? groups;
    private readonly DeviceThread? _thread = groups.Background is null ? null : new DeviceThread($"communication of rank {groups.Rank}");
    private readonly int _account = MemoryMeter.CurrentAccount;
    private PendingCall _last = PendingCall.None;

    /// <summary>Begins a call. Only one thread begins calls.</summary>
    /// <param name="call">What is done in groups along the axes of the mesh; its tensors are not touched until it has ended.</param>
    public PendingCall Begin(Action<RankGroups> call)
    {
        if (_thread is not null)
            return _last = new PendingCall(_thread.RunAsync(() => Make(call), CancellationToken.None));

        call(_groups);
        return PendingCall.None;
    }

    /// <summary>Gives up what is under way, if anything is. Nobody touches a call's tensors any more when this returns.</summary>
    public void Dispose()
    {
        if (!_last.HasEnded)
            groups.Abort(new PeerLostException($"Rank {_groups.Rank} stopped while its calls were under way."));

        _last.WaitAnyhow();
        _thread?.Dispose();
    }

    private void Make(Action<RankGroups> call)
    {
        MemoryMeter.CountFor(_account);
        try
        {
            call(_groups);
        }
        catch (Exception failure) // Whatever it is, the others must not wait for ever.
        {
            groups.Abort(failure);
            throw;
        }
    }
}
