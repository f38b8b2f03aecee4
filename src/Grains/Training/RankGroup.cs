using System.Collections.Immutable;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Training;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.GrainInterfaces.Training;
using SeedOrleans.Grains.Placement;

namespace SeedOrleans.Grains.Training;

/// <summary>All ranks of a run, told to do the same thing at the same time by one incarnation of its controller.</summary>
/// <remarks>It speaks once to each silo that hosts some of them, whatever their number; to the ranks themselves only where that silo may be gone.</remarks>
/// <param name="role">Tells ranks of the same run apart that compute for different things; see <see cref="RunKeys"/>.</param>
/// <param name="workload">Of the run's model: ranks get shares of a mini-batch that take as long.</param>
internal sealed class RankGroup(IGrainFactory grains, string runId, string role, RunSpec spec, SequenceWorkload workload, long epoch)
{
    private readonly RankMesh _mesh = RankMesh.Of(spec.Layout);
    private readonly IRankGrain[] _ranks =
        [.. Enumerable.Range(0, spec.Layout.RankCount()).Select(rank => grains.GetGrain<IRankGrain>(RunKeys.Rank(runId, role, rank)))];

    private ImmutableArray<RankHost> _hosts = [];

    /// <summary>Of each rank, since <see cref="StartAsync"/>.</summary>
    public ImmutableArray<ActorPlace> Places { get; private set; } = [];

    /// <param name="checkpoint">Empty begins with the run's first weights.</param>
    /// <param name="silos">Where to bring each rank that is not at work; a null leaves that to placement.</param>
    /// <param name="savesFor">The run whose checkpoints the ranks write, where it is another.</param>
    public async Task StartAsync(string checkpoint, IReadOnlyList<SiloAddress?> silos, CancellationToken cancellationToken, string savesFor = "")
    {
        Places = [.. await Task.WhenAll(_ranks.Select((rank, number) =>
            GrainPlaces.BringAsync(rank, silos.ElementAtOrDefault(number), cancellationToken)))];
        _hosts = [.. Places.Index().GroupBy(rank => rank.Item.Silo, rank => rank.Index).Select(HostOf)];
        var order = new RankOrder
        {
            RunId = runId,
            Rank = 0,
            Spec = spec,
            Epoch = epoch,
            Checkpoint = checkpoint,
            Peers = [.. Places.Select(place => place.EndPoint)],
            Role = role,
            SavesFor = savesFor,
        };
        await AllAsync(host => host.Silo.StartAsync(host.Ranks, order, cancellationToken));
    }

    /// <summary>One optimizer step over a mini-batch.</summary>
    public async Task<UpdateReport> UpdateAsync(
        TrainingPhase phase, IReadOnlyList<TrainingSequence> batch, OptimizerSpec optimizer, double learningRate,
        CancellationToken cancellationToken)
    {
        var dealt = Deal(batch);
        var order = new UpdateOrder { Phase = phase, Share = [], Optimizer = optimizer, LearningRate = learningRate, Epoch = epoch };
        return UpdateReport.Of(await AllAsync(async host =>
            (host.Ranks.Numbers, await host.Silo.UpdateAsync(host.Ranks, order, host.SharesOf(dealt, _mesh), cancellationToken))));
    }

    /// <returns>The batch with log π of the current weights in place of the sampler's.</returns>
    public async Task<ImmutableArray<TrainingSequence>> RescoreAsync(
        ImmutableArray<TrainingSequence> batch, CancellationToken cancellationToken)
    {
        var dealt = Deal(batch);
        var scored = await AllAsync(async host =>
        {
            var shares = host.SharesOf(dealt, _mesh);
            return shares.Shares.Zip(await host.Silo.ScoreAsync(host.Ranks, shares, cancellationToken));
        });

        // Ranks that compute the same sequences together return the same, wherever they are.
        var scoreOf = new Dictionary<TrainingSequence, ImmutableArray<float>>(ReferenceEqualityComparer.Instance);
        foreach (var (share, scores) in scored.SelectMany(shares => shares))
            foreach (var (sequence, score) in share.Zip(scores))
                scoreOf[sequence] = score;

        return [.. batch.Select(sequence => sequence with { RolloutLogProbs = scoreOf[sequence] })];
    }

    /// <returns>SHA-256 of the weights, the same on all ranks.</returns>
    /// <exception cref="RanksDifferException">They are not.</exception>
    public async Task<string> HashAsync(CancellationToken cancellationToken)
    {
        string[] hashes = [.. (await AllAsync(host => host.Silo.HashAsync(host.Ranks, cancellationToken))).SelectMany(differing => differing).Distinct()];
        return hashes is [var hash] ? hash : throw new RanksDifferException(hashes);
    }

    public Task PublishAsync(PolicyVersion version, CancellationToken cancellationToken) =>
        AllAsync(host => host.Silo.PublishAsync(host.Ranks, version, cancellationToken));

    public Task RetireAsync(PolicyVersion version, CancellationToken cancellationToken) =>
        _ranks[0].RetireAsync(epoch, version, cancellationToken);

    /// <summary>Begins to copy the state out; training may go on when this returns.</summary>
    public Task CopyCheckpointAsync(string checkpoint, CancellationToken cancellationToken) =>
        AllAsync(host => host.Silo.CopyCheckpointAsync(host.Ranks, checkpoint, cancellationToken));

    /// <returns>Every piece of every tensor, once all are durable.</returns>
    public async Task<IEnumerable<ShardReport>> WriteCheckpointAsync(string checkpoint, CancellationToken cancellationToken) =>
        (await AllAsync(host => host.Silo.WriteCheckpointAsync(host.Ranks, checkpoint, cancellationToken))).SelectMany(written => written);

    public Task SaveAsync(string folder, CancellationToken cancellationToken) =>
        AllAsync(host => host.Silo.SaveAsync(host.Ranks, folder, cancellationToken));

    /// <summary>Reaches ranks wherever they are, also those that another silo has revived.</summary>
    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_ranks.Select(rank => rank.StopAsync(epoch, cancellationToken)));

    private RankHost HostOf(IGrouping<string, int> ranks) => new(
        grains.GetGrain<IRankHostGrain>(ranks.Key), new HostedRanks { RunId = runId, Role = role, Epoch = epoch, Numbers = [.. ranks] });

    private IReadOnlyList<IReadOnlyList<TrainingSequence>> Deal(IReadOnlyList<TrainingSequence> batch) =>
        MicroBatches.AcrossRanks(batch, _mesh.SizeOf(MeshAxis.Data), workload);

    /// <summary>Waits for all silos; the failure, if there is one, is that of the first that failed, in the order of their first ranks.</summary>
    private Task AllAsync(Func<RankHost, Task> ask) => Task.WhenAll(_hosts.Select(ask));

    private Task<T[]> AllAsync<T>(Func<RankHost, Task<T>> ask) => Task.WhenAll(_hosts.Select(ask));
}
