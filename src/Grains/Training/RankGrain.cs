using System.Collections.Immutable;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Algorithms;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Data.Tokenizers;
using SeedOrleans.Engine.Devices;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Tensors;
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
internal sealed class RankGrain(
    PolicySnapshots snapshots, PolicyStore policies, InProcessGroups groups, PeerListener listener, RunDataCache data, RunStore runs, RunFolders folders,
    DeviceSlots slots, LocalRanks local)
    : MovableGrain(listener), IRankGrain
{
    /// <summary>Ranks are told to start together, so nobody comes much later than the others.</summary>
    private static readonly TimeSpan JoinPatience = TimeSpan.FromSeconds(20);

    private readonly HashSet<string> _published = []; // versions in this silo's memory that this rank put there
    private readonly CheckpointCopies _copies = new(runs);
    private RankOrder? _order;
    private Task _starting = Task.CompletedTask;
    private DeviceThread? _device;
    private MemoryMeter? _memory; // of the device's thread, as long as that lives
    private IDisposable? _slot, _stay;
    private RankTrainer? _trainer;
    private readonly List<GroupName> _joined = [];
    private RankGroups? _ranks;
    private ITextTokenizer _tokenizer = null!;
    private ITokenLoss _policyLoss = null!;

    protected override bool IsAtWork => _order is not null;

    private RankOrder Order => _order ?? throw Lost("was not started, or was stopped");

    private DeviceThread Device => _device ?? throw Lost("was not started, or was stopped");

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stay = local.Enter(this.GetPrimaryKeyString(), this);
        return Task.CompletedTask;
    }

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
        Require(order.Epoch);
        ITokenLoss loss = order.Phase == TrainingPhase.Supervised ? new NegativeLogLikelihood() : _policyLoss;
        var seen = await TogetherAsync(
            trainer =>
            {
                _memory!.ForgetPeak();
                return trainer.Update(order.Share, loss, order.Optimizer, order.LearningRate, cancellationToken);
            },
            cancellationToken);
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
            PeakBytes = _memory!.PeakBytes,
        };
    }

    public async Task<ImmutableArray<ImmutableArray<float>>> ScoreAsync(
        long epoch, ImmutableArray<TrainingSequence> sequences, CancellationToken cancellationToken)
    {
        Require(epoch);
        return [.. await TogetherAsync(trainer => trainer.Score(sequences, cancellationToken), cancellationToken)];
    }

    public Task PublishAsync(long epoch, PolicyVersion version, CancellationToken cancellationToken)
    {
        Require(epoch);
        _published.Add(KeyOf(version));
        return TogetherAsync(
            trainer =>
            {
                if (trainer.Collect(cancellationToken) is { } whole)
                    snapshots.Put(KeyOf(version), whole);

                return true;
            },
            cancellationToken);
    }

    public Task<bool> ShareAsync(PolicyVersion version, CancellationToken cancellationToken) =>
        _order is null ? throw Lost("was not started") : Task.Run(() => policies.WriteAsync(KeyOf(version), cancellationToken), cancellationToken);

    public Task RetireAsync(long epoch, PolicyVersion version, CancellationToken cancellationToken)
    {
        Require(epoch);
        snapshots.Remove(KeyOf(version));
        _published.Remove(KeyOf(version));
        return Task.CompletedTask;
    }

    public Task<string> HashAsync(long epoch, CancellationToken cancellationToken)
    {
        Require(epoch);
        return TogetherAsync(trainer => trainer.WeightsHash(cancellationToken), cancellationToken);
    }

    public async Task CopyCheckpointAsync(long epoch, string checkpoint, CancellationToken cancellationToken)
    {
        Require(epoch);
        _copies.Add(checkpoint, await Device.RunAsync(() => _trainer!.CopyStateAsync(), cancellationToken));
    }

    public async Task<ImmutableArray<ShardReport>> WriteCheckpointAsync(long epoch, string checkpoint, CancellationToken cancellationToken)
    {
        Require(epoch);
        return await _copies.TryWriteAsync(checkpoint, Order, cancellationToken) ?? throw Lost($"has no copy for checkpoint {checkpoint}");
    }

    public Task SaveAsync(long epoch, string folder, CancellationToken cancellationToken)
    {
        Require(epoch);
        return TogetherAsync(
            trainer =>
            {
                using var whole = trainer.Collect(cancellationToken);
                if (whole is null)
                    return false;

                PolicyFolder.Save(whole, folder);
                _tokenizer.SaveTo(folder);
                return true;
            },
            cancellationToken);
    }

    public async Task StopAsync(long epoch, CancellationToken cancellationToken)
    {
        if (_order is not null)
            Require(epoch);

        await _starting.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await FreeAsync();
        DeactivateOnIdle();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _stay?.Dispose();
        return FreeAsync();
    }

    /// <summary>Does on the device what all ranks do at once.</summary>
    private async Task<T> TogetherAsync<T>(Func<RankTrainer, T> work, CancellationToken cancellationToken)
    {
        try
        {
            return await Device.RunAsync(() => work(_trainer!), cancellationToken);
        }
        catch (PeerFailedException peer) when (peer.InnerException is PeerLostException)
        {
            throw Lost($"lost a peer: {peer.Message}");
        }
        catch (PeerLostException over)
        {
            throw Lost($"cannot go on: {over.Message}");
        }
    }

    private async Task RestartAsync(Task before, RankOrder order)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await FreeAsync();

        var spec = order.Spec;
        _tokenizer = (await data.LoadAsync(order.RunId, spec)).Tokenizer;
        var algorithm = AlgorithmPresets.Resolve(spec.Algorithm);
        _policyLoss = new ClippedPolicyLoss(algorithm);
        var ranks = _ranks = await JoinAsync(order);
        var files = new FileMemory(Path.Combine(folders.Of(order.RunId), "offload"));
        var options = new RankTrainerOptions
        {
            Vocabulary = _tokenizer.VocabularySize,
            Temperature = spec.Rollout.Temperature,
            MicroBatchTokens = spec.Training.MicroBatchTokens,
            Router = spec.Training.Router,
            KeepReference = algorithm.KlCoefficient > 0,
        }.Saving(spec.Memory, files);

        _slot = slots.Take();
        var device = _device = new DeviceThread($"rank {this.GetPrimaryKeyString()}");
        await device.RunAsync(
            () =>
            {
                _memory = MemoryMeter.OnThisThread();
                using var initial = FirstPolicy.Make(spec, _tokenizer.VocabularySize);
                _trainer = new RankTrainer(initial, ranks, options);
            },
            CancellationToken.None);

        try
        {
            if (order.Checkpoint.Length > 0)
                await LoadAsync(order);

            await Task.Run(() => _trainer!.PrepareCopy());
        }
        catch (CheckpointException damaged)
        {
            throw new DamagedCheckpointException(order.Checkpoint, damaged.Message);
        }
    }

    /// <summary>Ranks in one process read each other's memory; where one of a group is elsewhere, all of it talk over connections, with the same bits.</summary>
    private async Task<RankGroups> JoinAsync(RankOrder order)
    {
        try
        {
            return await RankGroups.JoinAsync(RankMesh.Of(order.Spec.Layout), order.Rank, JoinGroupAsync, background: order.Spec.Memory.ReshardAfterForward);
        }
        catch (PeerLostException lost)
        {
            throw Lost(lost.Message);
        }

        async Task<ICommunicator> JoinGroupAsync(string part, int place, IReadOnlyList<int> members)
        {
            // Ranks of two incarnations never compute together.
            var name = new GroupName($"{order.RunId}/{order.Role}/{part}", order.Epoch);
            _joined.Add(name);
            string[] peers = [.. members.Select(member => order.Peers[member])];
            return peers.Distinct().Count() == 1
                ? groups.Join(name, place, members)
                : await TcpGroup.JoinAsync(Listener, name, place, peers, JoinPatience, CancellationToken.None, members);
        }
    }

    private async Task LoadAsync(RankOrder order)
    {
        var checkpoints = runs.Checkpoints(order.RunId);
        var manifest = await checkpoints.ReadAsync(order.Checkpoint, CancellationToken.None);
        await _trainer!.LoadAsync(checkpoints, manifest, CancellationToken.None);
    }

    private async Task FreeAsync()
    {
        if (_device is not { } device)
            return;

        // Whoever waits for this rank's gradients waits in vain from here on.
        (var ranks, _ranks, _device) = (_ranks, null, null);
        _copies.Forget();
        ranks?.Abort(new PeerLostException($"Rank {this.GetPrimaryKeyString()} was stopped or started again."));
        _joined.ForEach(groups.Remove);
        _joined.Clear();
        foreach (var version in _published)
            snapshots.Remove(version);

        _published.Clear();
        await device.RunAsync(
            () =>
            {
                _trainer?.Dispose();
                _trainer = null;
            },
            CancellationToken.None);

        device.Dispose();
        _slot?.Dispose();
    }

    /// <exception cref="LostActorException">The caller is of another incarnation than the one that this rank serves.</exception>
    private void Require(long epoch)
    {
        if (Order.Epoch != epoch)
            throw Lost($"serves epoch {Order.Epoch} and was called by {epoch}");
    }

    private string KeyOf(PolicyVersion version) => RunKeys.PolicyVersion(Order.RunId, version);

    private LostActorException Lost(string why) => new($"Rank {this.GetPrimaryKeyString()} {why}.");
}
