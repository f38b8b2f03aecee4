using System.Collections.Immutable;
using System.Globalization;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.GrainInterfaces.Training;
using SeedOrleans.Grains.Placement;
using SeedOrleans.Grains.Training;

namespace SeedOrleans.Grains.Tests.Training;

/// <summary>A rank without tensors that does what the test's <see cref="RankScript"/> says, and keeps a rank's promises about epochs.</summary>
[KeepAlive, SpreadPlacement]
internal sealed class ScriptedRankGrain(PeerListener listener, LocalRanks local) : MovableGrain(listener), IRankGrain
{
    private IDisposable? _stay;
    private RankOrder? _order;

    protected override bool IsAtWork => _order is not null;

    private int Number => int.Parse(this.GetPrimaryKeyString().Split('/')[^1], CultureInfo.InvariantCulture);

    private RankScript Script => RankScript.Of(this.GetPrimaryKeyString().Split('/')[0]);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stay = local.Enter(this.GetPrimaryKeyString(), this);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _stay?.Dispose();
        return Task.CompletedTask;
    }

    public Task StartAsync(RankOrder order, CancellationToken cancellationToken)
    {
        Assert.Equal(Number, order.Rank);
        _order = order;
        return Task.CompletedTask;
    }

    /// <returns>A third of the rank's number in every sum, so that the order of adding shows.</returns>
    public async Task<RankReport> UpdateAsync(UpdateOrder order, CancellationToken cancellationToken)
    {
        Require(order.Epoch);
        Script.Shares[Number] = order.Share;
        await Script.Work(Number, cancellationToken);
        return new RankReport
        {
            Sums = ImmutableDictionary<string, double>.Empty.Add("loss", Number / 3.0).Add($"of rank {Number % 2}", 1),
            GradientNorm = 0.5,
            ResponseTokens = order.Share.Length,
            FedTokens = 10,
            ProbabilityDifferenceSum = Number / 3.0,
            LogProbDifferenceSum = Number / 7.0,
            LogProbDifferenceMax = Number,
            MaxExpertLoad = 1 + Number,
            PeakBytes = 100 + Number,
        };
    }

    /// <returns>The weight of each sequence, so that a test sees whose score it got.</returns>
    public Task<ImmutableArray<ImmutableArray<float>>> ScoreAsync(
        long epoch, ImmutableArray<TrainingSequence> sequences, CancellationToken cancellationToken)
    {
        Require(epoch);
        return Task.FromResult<ImmutableArray<ImmutableArray<float>>>([.. sequences.Select(sequence => ImmutableArray.Create((float)sequence.TokenWeight))]);
    }

    public Task PublishAsync(long epoch, PolicyVersion version, CancellationToken cancellationToken) => RequiredAsync(epoch);

    public Task<bool> ShareAsync(PolicyVersion version, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task RetireAsync(long epoch, PolicyVersion version, CancellationToken cancellationToken) => RequiredAsync(epoch);

    public Task<string> HashAsync(long epoch, CancellationToken cancellationToken)
    {
        Require(epoch);
        return Task.FromResult(Script.Hash(Number));
    }

    public Task CopyCheckpointAsync(long epoch, string checkpoint, CancellationToken cancellationToken) => RequiredAsync(epoch);

    public Task<ImmutableArray<ShardReport>> WriteCheckpointAsync(long epoch, string checkpoint, CancellationToken cancellationToken)
    {
        Require(epoch);
        return Task.FromResult<ImmutableArray<ShardReport>>([new ShardReport($"tensor {Number}", "F32", [1], [0], [1], checkpoint, 0, 4, 0)]);
    }

    public Task SaveAsync(long epoch, string folder, CancellationToken cancellationToken) => RequiredAsync(epoch);

    public Task StopAsync(long epoch, CancellationToken cancellationToken)
    {
        Require(epoch);
        _order = null;
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private Task RequiredAsync(long epoch)
    {
        Require(epoch);
        return Task.CompletedTask;
    }

    private void Require(long epoch)
    {
        if (_order?.Epoch != epoch)
            throw new LostActorException($"Rank {this.GetPrimaryKeyString()} serves epoch {_order?.Epoch} and was called by {epoch}.");
    }
}
