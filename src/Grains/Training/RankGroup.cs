using System.Collections.Immutable;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Training;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.GrainInterfaces.Training;

namespace SeedOrleans.Grains.Training;

/// <summary>All ranks of a run, told to do the same thing at the same time.</summary>
internal sealed class RankGroup(IGrainFactory grains, string runId, RunSpec spec)
{
    private readonly IRankGrain[] _ranks =
        [.. Enumerable.Range(0, spec.Layout.Data).Select(rank => grains.GetGrain<IRankGrain>(RunKeys.Rank(runId, rank)))];

    public Task StartAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_ranks.Select((rank, number) => rank.StartAsync(runId, number, spec, cancellationToken)));

    /// <summary>One optimizer step over a mini-batch.</summary>
    public async Task<UpdateReport> UpdateAsync(
        TrainingPhase phase, IReadOnlyList<TrainingSequence> batch, OptimizerSpec optimizer, double learningRate,
        CancellationToken cancellationToken)
    {
        var shares = MicroBatches.AcrossRanks(batch, _ranks.Length);
        var reports = await Task.WhenAll(_ranks.Select((rank, number) => rank.UpdateAsync(
            new UpdateOrder { Phase = phase, Share = [.. shares[number]], Optimizer = optimizer, LearningRate = learningRate },
            cancellationToken)));

        return UpdateReport.Of(reports);
    }

    /// <returns>The batch with log π of the current weights in place of the sampler's.</returns>
    public async Task<ImmutableArray<TrainingSequence>> RescoreAsync(
        ImmutableArray<TrainingSequence> batch, CancellationToken cancellationToken)
    {
        var shares = MicroBatches.AcrossRanks(batch, _ranks.Length);
        var scores = await Task.WhenAll(_ranks.Select((rank, number) => rank.ScoreAsync([.. shares[number]], cancellationToken)));

        var scoreOf = new Dictionary<TrainingSequence, ImmutableArray<float>>(ReferenceEqualityComparer.Instance);
        foreach (var (share, scored) in shares.Zip(scores))
            foreach (var (sequence, score) in share.Zip(scored))
                scoreOf[sequence] = score;

        return [.. batch.Select(sequence => sequence with { RolloutLogProbs = scoreOf[sequence] })];
    }

    public Task PublishAsync(PolicyVersion version, CancellationToken cancellationToken) =>
        _ranks[0].PublishAsync(version, cancellationToken);

    public Task SaveAsync(string folder, CancellationToken cancellationToken) => _ranks[0].SaveAsync(folder, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_ranks.Select(rank => rank.StopAsync(cancellationToken)));
}
