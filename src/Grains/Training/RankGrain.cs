using System.Collections.Immutable;
using Orleans.Placement;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Algorithms;
using SeedOrleans.Engine.Data.Tokenizers;
using SeedOrleans.Engine.Devices;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Training;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.GrainInterfaces.Training;
using SeedOrleans.Grains.Runs;

namespace SeedOrleans.Grains.Training;

/// <inheritdoc cref="IRankGrain"/>
[KeepAlive, PreferLocalPlacement]
internal sealed class RankGrain(PolicySnapshots snapshots, InProcessGroups groups, RunDataCache data) : Grain, IRankGrain
{
    private DeviceThread? _device;
    private RankTrainer? _trainer;
    private ITextTokenizer _tokenizer = null!;
    private ITokenLoss _policyLoss = null!;
    private string _runId = null!;

    private DeviceThread Device =>
        _device ?? throw new InvalidOperationException($"Rank {this.GetPrimaryKeyString()} was not started, or was stopped.");

    public async Task StartAsync(string runId, int rank, RunSpec spec, CancellationToken cancellationToken)
    {
        if (_device is not null)
            return;

        _runId = runId;
        _tokenizer = (await data.LoadAsync(runId, spec)).Tokenizer;
        var algorithm = AlgorithmPresets.Resolve(spec.Algorithm);
        _policyLoss = new ClippedPolicyLoss(algorithm);

        var communicator = groups.Join(runId, rank, spec.Layout.Data);
        var options = new RankTrainerOptions
        {
            Vocabulary = _tokenizer.VocabularySize,
            Temperature = spec.Rollout.Temperature,
            MicroBatchTokens = spec.Training.MicroBatchTokens,
            Router = spec.Training.Router,
            KeepReference = algorithm.KlCoefficient > 0,
        };

        _device = new DeviceThread($"rank {this.GetPrimaryKeyString()}");
        await _device.RunAsync(
            () =>
            {
                using var initial = FirstPolicy.Make(spec, _tokenizer.VocabularySize);
                _trainer = new RankTrainer(initial, communicator, options);
            },
            cancellationToken);
    }

    public async Task<RankReport> UpdateAsync(UpdateOrder order, CancellationToken cancellationToken)
    {
        ITokenLoss loss = order.Phase == TrainingPhase.Supervised ? new NegativeLogLikelihood() : _policyLoss;
        var seen = await Device.RunAsync(
            () => _trainer!.Update(order.Share, loss, order.Optimizer, order.LearningRate, cancellationToken), cancellationToken);

        return new RankReport
        {
            Sums = seen.Sums,
            GradientNorm = seen.GradientNorm,
            ResponseTokens = seen.ResponseTokens,
            FedTokens = seen.FedTokens,
            ProbabilityDifferenceSum = seen.ProbabilityDifferenceSum,
            LogProbDifferenceSum = seen.LogProbDifferenceSum,
            LogProbDifferenceMax = seen.LogProbDifferenceMax,
            MaxExpertLoad = seen.MaxExpertLoad,
        };
    }

    public async Task<ImmutableArray<ImmutableArray<float>>> ScoreAsync(
        ImmutableArray<TrainingSequence> sequences, CancellationToken cancellationToken) =>
        [.. await Device.RunAsync(() => _trainer!.Score(sequences, cancellationToken), cancellationToken)];

    public Task PublishAsync(PolicyVersion version, CancellationToken cancellationToken) =>
        Device.RunAsync(() => snapshots.Put(RunKeys.PolicyVersion(_runId, version), _trainer!.Snapshot()), cancellationToken);

    public Task SaveAsync(string folder, CancellationToken cancellationToken) =>
        Device.RunAsync(
            () =>
            {
                using var weights = _trainer!.Snapshot();
                PolicyFolder.Save(weights, folder);
                _tokenizer.SaveTo(folder);
            },
            cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_device is { } device)
        {
            await device.RunAsync(() => _trainer?.Dispose(), cancellationToken);
            device.Dispose();
            _device = null;
            groups.Remove(_runId);
        }

        DeactivateOnIdle();
    }
}
