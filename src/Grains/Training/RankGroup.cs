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
/// <param name="role">Tells ranks of the same run apart that compute for different things; see <see cref="RunKeys"/>.</param>
/// <param name="workload">Of the run's model: ranks get shares of a mini-batch that take as long.</param>
internal sealed class RankGroup(IGrainFactory grains, string runId, string role, RunSpec spec, SequenceWorkload workload, long epoch)
{
    private readonly RankMesh _mesh = MeshOf(spec.Layout);
    private readonly IRankGrain[] _ranks =
        [.. Enumerable.Range(0, spec.Layout.RankCount()).Select(rank => grains.GetGrain<IRankGrain>(RunKeys.Rank(runId, role, rank)))];

    /// <summary>Of each rank, since <see cref="StartAsync"/>.</summary>
    public ImmutableArray<ActorPlace> Places { get; private set; } = [];

    public static RankMesh MeshOf(LayoutSpec layout) => new(layout.Data, layout.Context, layout.Tensor, layout.Expert);

    /// <param name="checkpoint">Empty begins with the run's first weights.</param>
    /// <param name="silos">Where to bring each rank that is not at work; a null leaves that to placement.</param>
    /// <param name="savesFor">The run whose checkpoints the ranks write, where it is another.</param>
    public async Task StartAsync(string checkpoint, IReadOnlyList<SiloAddress?> silos, CancellationToken cancellationToken, string savesFor = "")
    {
        Places = [.. await Task.WhenAll(_ranks.Select((rank, number) =>
            GrainPlaces.BringAsync(rank, silos.ElementAtOrDefault(number), cancellationToken)))];
        ImmutableArray<string> peers = [.. Places.Select(place => place.EndPoint)];
        await Task.WhenAll(_ranks.Select((rank, number) => rank.StartAsync(
            new RankOrder
            {
                RunId = runId,
                Rank = number,
                Spec = spec,
                Epoch = epoch,
                Checkpoint = checkpoint,
                Peers = peers,
                Role = role,
                SavesFor = savesFor,
            },
            cancellationToken)));
    }

    /// <summary>One optimizer step over a mini-batch.</summary>
    public async Task<UpdateReport> UpdateAsync(
        TrainingPhase phase, IReadOnlyList<TrainingSequence> batch, OptimizerSpec optimizer, double learningRate,
        CancellationToken cancellationToken)
    {
        var shares = MicroBatches.AcrossRanks(batch, _mesh.SizeOf(MeshAxis.Data), workload);
        var reports = await Task.WhenAll(_ranks.Select((rank, number) => rank.UpdateAsync(
            new UpdateOrder { Phase = phase, Share = [.. shares[_mesh.PlaceOf(MeshAxis.Data, number)]], Optimizer = optimizer, LearningRate = learningRate, Epoch = epoch },
            cancellationToken)));

        return UpdateReport.Of(reports);
    }

    /// <returns>The batch with log π of the current weights in place of the sampler's.</returns>
    public async Task<ImmutableArray<TrainingSequence>> RescoreAsync(
        ImmutableArray<TrainingSequence> batch, CancellationToken cancellationToken)
    {
        var shares = MicroBatches.AcrossRanks(batch, _mesh.SizeOf(MeshAxis.Data), workload);
        var scores = await Task.WhenAll(_ranks.Select((rank, number) =>
            rank.ScoreAsync(epoch, [.. shares[_mesh.PlaceOf(MeshAxis.Data, number)]], cancellationToken)));

        // Ranks that compute the same sequences together return the same.
        var scoreOf = new Dictionary<TrainingSequence, ImmutableArray<float>>(ReferenceEqualityComparer.Instance);
        foreach (var (place, share) in shares.Index())
            foreach (var (sequence, score) in share.Zip(scores[place * _mesh.SizeOf(MeshAxis.Sequence)]))
                scoreOf[sequence] = score;

        return [.. batch.Select(sequence => sequence with { RolloutLogProbs = scoreOf[sequence] })];
    }

    /// <returns>SHA-256 of the weights, the same on all ranks.</returns>
    /// <exception cref="RanksDifferException">They are not.</exception>
    public async Task<string> HashAsync(CancellationToken cancellationToken)
    {
        var hashes = await Task.WhenAll(_ranks.Select(rank => rank.HashAsync(epoch, cancellationToken)));
        return hashes.Distinct().Count() == 1 ? hashes[0] : throw new RanksDifferException(hashes);
    }

    public Task PublishAsync(PolicyVersion version, CancellationToken cancellationToken) =>
        Task.WhenAll(_ranks.Select(rank => rank.PublishAsync(epoch, version, cancellationToken)));

    public Task RetireAsync(PolicyVersion version, CancellationToken cancellationToken) =>
        _ranks[0].RetireAsync(epoch, version, cancellationToken);

    /// <summary>Begins to copy the state out; training may go on when this returns.</summary>
    public Task CopyCheckpointAsync(string checkpoint, CancellationToken cancellationToken) =>
        Task.WhenAll(_ranks.Select(rank => rank.CopyCheckpointAsync(epoch, checkpoint, cancellationToken)));

    /// <returns>Every piece of every tensor, once all are durable.</returns>
    public async Task<IEnumerable<ShardReport>> WriteCheckpointAsync(string checkpoint, CancellationToken cancellationToken) =>
        (await Task.WhenAll(_ranks.Select(rank => rank.WriteCheckpointAsync(epoch, checkpoint, cancellationToken)))).SelectMany(written => written);

    public Task SaveAsync(string folder, CancellationToken cancellationToken) =>
        Task.WhenAll(_ranks.Select(rank => rank.SaveAsync(epoch, folder, cancellationToken)));

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_ranks.Select(rank => rank.StopAsync(epoch, cancellationToken)));
}
