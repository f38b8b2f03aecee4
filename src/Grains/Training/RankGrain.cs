using System.Collections.Immutable;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Algorithms;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Data.Tokenizers;
using SeedOrleans.Engine.Devices;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Training;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.GrainInterfaces.Training;
using SeedOrleans.Grains.Placement;
using SeedOrleans.Grains.Policies;
using SeedOrleans.Grains.Runs;

namespace SeedOrleans.Grains.Training;

/// <inheritdoc cref="IRankGrain"/>
[KeepAlive, SpreadPlacement]
[AvoidDraining]
internal sealed class RankGrain(PolicySnapshots snapshots, PolicyStore policies, InProcessGroups groups, PeerListener listener, RunDataCache data, RunStore runs)
    : Grain, IRankGrain
{
    /// <summary>Ranks are told to start together, so nobody comes much later than the others.</summary>
    private static readonly TimeSpan JoinPatience = TimeSpan.FromSeconds(20);

    private Dictionary<string, IReadOnlyList<TensorPiece>> _copied = [];
    private RankOrder? _order;
    private Task _starting = Task.CompletedTask;
    private DeviceThread? _device;
    private RankTrainer? _trainer;
    private ICommunicator? _communicator;
    private string _group = "";
    private ITextTokenizer _tokenizer = null!;
    private ITokenLoss _policyLoss = null!;

    private RankOrder Order => _order ?? throw Lost("was not started, or was stopped");

    private DeviceThread Device => _device ?? throw Lost("was not started, or was stopped");

    public Task<string> LocateAsync(CancellationToken cancellationToken) => Task.FromResult(listener.EndPoint);

    public async Task StartAsync(RankOrder order, CancellationToken cancellationToken)
    {
        if (order.Epoch < _order?.Epoch)
            throw Lost($"serves epoch {_order.Epoch} and was started by {order.Epoch}");

        if (order.Epoch != _order?.Epoch)
        {
            var before = _starting;
            _order = order;
            _starting = RestartAsync(before, order);
        }

        await _starting.WaitAsync(cancellationToken);
    }

    public async Task<RankReport> UpdateAsync(UpdateOrder order, CancellationToken cancellationToken)
    {
        if (order.Epoch != Order.Epoch)
            throw Lost($"serves epoch {Order.Epoch} and was called by {order.Epoch}");

        ITokenLoss loss = order.Phase == TrainingPhase.Supervised ? new NegativeLogLikelihood() : _policyLoss;
        UpdateStatistics seen;
        try
        {
            seen = await Device.RunAsync(
                () => _trainer!.Update(order.Share, loss, order.Optimizer, order.LearningRate, cancellationToken), cancellationToken);
        }
        catch (PeerFailedException peer) when (peer.InnerException is PeerLostException)
        {
            throw Lost($"lost a peer: {peer.InnerException.Message}");
        }

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
        Device.RunAsync(() => snapshots.Put(KeyOf(version), _trainer!.Snapshot()), cancellationToken);

    public Task<bool> ShareAsync(PolicyVersion version, CancellationToken cancellationToken) =>
        _order is null ? throw Lost("was not started") : Task.Run(() => policies.WriteAsync(KeyOf(version), cancellationToken), cancellationToken);

    public Task RetireAsync(PolicyVersion version, CancellationToken cancellationToken)
    {
        if (_order is not null)
            snapshots.Remove(KeyOf(version));

        return Task.CompletedTask;
    }

    public Task<string> HashAsync(CancellationToken cancellationToken) => Device.RunAsync(() => _trainer!.WeightsHash(), cancellationToken);

    public async Task CopyCheckpointAsync(string checkpoint, CancellationToken cancellationToken) =>
        _copied[checkpoint] = await Device.RunAsync(() => _trainer!.CopyState(Order.Rank, Order.Spec.Layout.Data), cancellationToken);

    public async Task<ImmutableArray<ShardReport>> WriteCheckpointAsync(string checkpoint, CancellationToken cancellationToken)
    {
        if (!_copied.Remove(checkpoint, out var pieces))
            throw Lost($"has no copy for checkpoint {checkpoint}");

        var file = $"e{Order.Epoch:d6}-r{Order.Rank:d4}.safetensors";
        var written = await Task.Run(() => runs.Checkpoints(Order.RunId).WriteShardAsync(checkpoint, file, pieces, cancellationToken), cancellationToken);
        return
        [
            .. from tensor in written
               from shard in tensor.Record.Shards
               select new ShardReport(
                   tensor.Tensor, tensor.Record.Dtype, tensor.Record.Shape, shard.Offsets, shard.Lengths, shard.File, shard.Start, shard.Bytes, shard.Checksum),
        ];
    }

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
        await _starting.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await FreeAsync();
        DeactivateOnIdle();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => FreeAsync();

    private async Task RestartAsync(Task before, RankOrder order)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await FreeAsync();

        var spec = order.Spec;
        _tokenizer = (await data.LoadAsync(order.RunId, spec)).Tokenizer;
        var algorithm = AlgorithmPresets.Resolve(spec.Algorithm);
        _policyLoss = new ClippedPolicyLoss(algorithm);
        var communicator = _communicator = await JoinAsync(order);
        var options = new RankTrainerOptions
        {
            Vocabulary = _tokenizer.VocabularySize,
            Temperature = spec.Rollout.Temperature,
            MicroBatchTokens = spec.Training.MicroBatchTokens,
            Router = spec.Training.Router,
            KeepReference = algorithm.KlCoefficient > 0,
        };

        var device = _device = new DeviceThread($"rank {this.GetPrimaryKeyString()}");
        await device.RunAsync(
            () =>
            {
                using var initial = FirstPolicy.Make(spec, _tokenizer.VocabularySize);
                _trainer = new RankTrainer(initial, communicator, options);
            },
            CancellationToken.None);

        try
        {
            if (order.Checkpoint.Length > 0)
                await LoadAsync(order, device);
        }
        catch (IOException damaged)
        {
            throw new DamagedCheckpointException(order.Checkpoint, damaged.Message);
        }
    }

    /// <summary>Ranks in one process read each other's memory; where one is elsewhere, all talk over connections, with the same bits.</summary>
    private async Task<ICommunicator> JoinAsync(RankOrder order)
    {
        _group = GroupOf(order);
        if (order.Peers.Distinct().Count() == 1)
            return groups.Join(_group, order.Rank, order.Spec.Layout.Data);

        try
        {
            return await TcpGroup.JoinAsync(listener, _group, order.Rank, order.Peers, JoinPatience, CancellationToken.None);
        }
        catch (PeerLostException lost)
        {
            throw Lost(lost.Message);
        }
    }

    private async Task LoadAsync(RankOrder order, DeviceThread device)
    {
        var checkpoints = runs.Checkpoints(order.RunId);
        var manifest = await checkpoints.ReadAsync(order.Checkpoint, CancellationToken.None);
        foreach (var (name, shape) in _trainer!.StateTensors.ToArray())
        {
            var bytes = new byte[_trainer.StateBytes(name)];
            await checkpoints.ReadTensorAsync(manifest, name, new Box(new long[shape.Length], shape), bytes, CancellationToken.None);
            await device.RunAsync(() => _trainer.Restore(name, bytes), CancellationToken.None);
        }
    }

    private async Task FreeAsync()
    {
        if (_device is not { } device)
            return;

        // Whoever waits for this rank's gradients waits in vain from here on.
        (_copied, var communicator, _communicator, _device) = ([], _communicator, null, null);
        communicator?.Abort(new PeerLostException($"Rank {this.GetPrimaryKeyString()} was stopped or started again."));
        groups.Remove(_group);
        await device.RunAsync(
            () =>
            {
                _trainer?.Dispose();
                _trainer = null;
            },
            CancellationToken.None);

        device.Dispose();
    }

    /// <summary>Ranks of two incarnations never compute together.</summary>
    private static string GroupOf(RankOrder order) => $"{order.RunId}@{order.Epoch}";

    private string KeyOf(PolicyVersion version) => RunKeys.PolicyVersion(Order.RunId, version);

    private LostActorException Lost(string why) => new($"Rank {this.GetPrimaryKeyString()} {why}.");
}
