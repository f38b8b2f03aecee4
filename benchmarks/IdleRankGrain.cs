using System.Collections.Immutable;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.GrainInterfaces.Training;
using SeedOrleans.Grains.Placement;
using SeedOrleans.Grains.Training;

namespace SeedOrleans.Benchmarks;

/// <summary>A rank that is placed, called and answers as a real one, and computes nothing.</summary>
[KeepAlive, SpreadPlacement]
[AvoidDraining]
internal sealed class IdleRankGrain(PeerListener listener, LocalRanks local) : MovableGrain(listener), IRankGrain
{
    private static readonly string Hash = new('a', 64);

    private static readonly RankReport Report = new()
    {
        Sums = new[] { "actor/pg_loss", "actor/pg_clipfrac", "actor/pg_clipfrac_lower", "actor/ppo_kl", "actor/entropy", "actor/kl_loss" }
            .ToImmutableDictionary(name => name, name => 1.0 / name.Length),
        GradientNorm = 0.7,
        ResponseTokens = 96,
        FedTokens = 128,
        ProbabilityDifferenceSum = 1e-3,
        LogProbDifferenceSum = 1e-3,
        LogProbDifferenceMax = 1e-4,
        MaxExpertLoad = 1.2,
        PeakBytes = 1L << 30,
    };

    private IDisposable? _stay;
    private bool _isStarted;

    protected override bool IsAtWork => _isStarted;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stay = local.Enter(this.GetPrimaryKeyString(), this);
        return Task.CompletedTask;
    }

    public Task StartAsync(RankOrder order, CancellationToken cancellationToken)
    {
        _isStarted = true;
        return Task.CompletedTask;
    }

    public Task<RankReport> UpdateAsync(UpdateOrder order, CancellationToken cancellationToken) => Task.FromResult(Report);

    public Task<ImmutableArray<ImmutableArray<float>>> ScoreAsync(
        long epoch, ImmutableArray<TrainingSequence> sequences, CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<ImmutableArray<float>>>([.. sequences.Select(sequence => sequence.RolloutLogProbs)]);

    public Task PublishAsync(long epoch, PolicyVersion version, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<bool> ShareAsync(PolicyVersion version, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task RetireAsync(long epoch, PolicyVersion version, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string> HashAsync(long epoch, CancellationToken cancellationToken) => Task.FromResult(Hash);

    public Task CopyCheckpointAsync(long epoch, string checkpoint, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<ImmutableArray<ShardReport>> WriteCheckpointAsync(long epoch, string checkpoint, CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<ShardReport>>([]);

    public Task SaveAsync(long epoch, string folder, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _stay?.Dispose();
        return Task.CompletedTask;
    }

    public Task StopAsync(long epoch, CancellationToken cancellationToken)
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
