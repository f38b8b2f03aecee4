using Microsoft.Extensions.Logging;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Devices;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Rollout;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.GrainInterfaces.Policies;
using SeedOrleans.GrainInterfaces.Rollout;
using SeedOrleans.GrainInterfaces.Training;
using SeedOrleans.Grains.Placement;
using SeedOrleans.Grains.Policies;
using SeedOrleans.Grains.Runs;
using SeedOrleans.Grains.Training;

namespace SeedOrleans.Grains.Rollout;

/// <inheritdoc cref="IRolloutWorkerGrain"/>
[KeepAlive, SpreadPlacement]
[AvoidDraining]
internal sealed partial class RolloutWorkerGrain(
    PolicyStore policies, RunDataCache data, RolloutJournal journal, PeerListener listener, DeviceSlots slots, TimeProvider time,
    ILogger<RolloutWorkerGrain> logger) : MovableGrain(listener), IRolloutWorkerGrain
{
    /// <summary>Decode steps between two looks at the pool: few enough to notice an end soon, many enough to hide the hop.</summary>
    private const int StepsATurn = 8;

    private readonly CancellationTokenSource _stopped = new();
    private Guid _life;
    private JournalKeeper _journal = null!;
    private IDisposable? _slot;
    private Task? _loop;
    private DeviceThread? _device;
    private GenerationEngine? _engine;
    private Transformer? _policy;
    private PolicyLease? _weights;
    private PolicyVersion? _leased;
    private long _collection;
    private int _vocabulary;
    private long _sampled;
    private long _epoch;
    private ModelConfig _config = null!;
    private RunSpec _spec = null!;
    private string _runId = null!;

    protected override bool IsAtWork => _loop is not null;

    private ISamplePoolGrain Pool => GrainFactory.GetGrain<ISamplePoolGrain>(_runId);

    private WorkerLife Life => new(this.GetPrimaryKeyString(), _life, _epoch);

    public async Task StartAsync(string runId, RunSpec spec, long epoch, CancellationToken cancellationToken)
    {
        Require(epoch);
        _epoch = epoch;
        if (_loop is { IsCompleted: false })
            return;

        (_runId, _spec) = (runId, spec);
        _vocabulary = (await data.LoadAsync(runId, spec)).Tokenizer.VocabularySize;
        _config = FirstPolicy.Config(spec, _vocabulary);
        _slot ??= slots.Take();
        _device ??= new DeviceThread($"worker {this.GetPrimaryKeyString()}");
        _journal ??= new JournalKeeper(
            journal, runId, this.GetPrimaryKeyString(), TimeSpan.FromMilliseconds(spec.Rollout.JournalMilliseconds), time);

        // Nobody knows what became of the work that a failed loop held, so the pool hands it out again.
        _life = Guid.NewGuid();
        if (_engine is { } engine)
            await _device.RunAsync(engine.Abort, cancellationToken);

        _loop = LoopAsync(_stopped.Token);
    }

    public async Task<long> CheckAsync(long epoch, CancellationToken cancellationToken)
    {
        Require(epoch);
        if (_loop is null)
            throw new LostActorException($"Worker {this.GetPrimaryKeyString()} was not started, or was stopped.");

        if (_loop.IsFaulted)
            await _loop;

        return _sampled;
    }

    public async Task StopAsync(long epoch, CancellationToken cancellationToken)
    {
        Require(epoch);
        await _stopped.CancelAsync();
        if (_loop is not null)
            await _loop.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        if (_device is { } device)
        {
            if (_engine is { } engine)
                await _journal.FinishAsync(engine);

            await device.RunAsync(FreeEngine, cancellationToken);
            device.Dispose();
            _device = null;
        }

        _slot?.Dispose();

        await ReleaseAsync();
        data.Forget(_runId ?? "");
        DeactivateOnIdle();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _stopped.CancelAsync();

    private async Task LoopAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
                await TakeWorkAndSampleAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        catch (Exception failure) // The loop's end is its owner's to report: CheckAsync throws what stands here.
        {
            LogFailed(logger, this.GetPrimaryKeyString(), failure);
            throw;
        }
    }

    private async Task TakeWorkAndSampleAsync(CancellationToken cancellationToken)
    {
        var unfinished = _engine?.Unfinished ?? 0;
        var offer = await Pool.TakeAsync(Life, _spec.Rollout.Slots - unfinished, unfinished > 0 ? _collection : 0, cancellationToken);
        if (offer.AsksWhatIsHeld && _engine is { } busy)
            await Pool.HoldAsync(Life, offer.CollectionId, busy.UnfinishedNames(), cancellationToken);

        if (offer.CollectionId != _collection)
        {
            // Nobody waits any more for what is at work.
            if (_engine is { } engine)
                await _device!.RunAsync(engine.Abort, cancellationToken);

            _collection = offer.CollectionId;
        }

        if (offer.CollectionId == 0 || (unfinished == 0 && offer.Requests.IsEmpty))
            return;

        if (offer.Policy != _leased && !await TryUsePolicyAsync(offer.Policy, cancellationToken))
        {
            await ExpectClosedAsync(offer, cancellationToken);
            return;
        }

        var isNoteDue = _journal.IsDue;
        var (finished, progress) = await _device!.RunAsync(
            () => (Sample(offer, cancellationToken), isNoteDue ? _engine!.TakeProgress() : []), cancellationToken);
        if (isNoteDue)
            _journal.Note(offer.CollectionId, progress);

        if (finished.Count > 0)
            await RolloutPublisher.PublishAsync(this.GetStreamProvider(StreamNames.Provider), _runId, _spec.Rewards.Verifiers, finished);
    }

    private List<FinishedRollout> Sample(WorkOffer offer, CancellationToken cancellationToken)
    {
        foreach (var request in offer.Requests)
            _engine!.Submit(request);

        var finished = new List<FinishedRollout>();
        for (var step = 0; step < StepsATurn && _engine!.Unfinished > 0; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            finished.AddRange(_engine.Step());
        }

        _sampled = _engine!.SampledTokens;
        return finished;
    }

    /// <returns>False where the version is gone.</returns>
    private async Task<bool> TryUsePolicyAsync(PolicyVersion version, CancellationToken cancellationToken)
    {
        var key = RunKeys.PolicyVersion(_runId, version);
        var rank = GrainFactory.GetGrain<IRankGrain>(RunKeys.Rank(_runId, RunKeys.Policy, 0));
        await GrainFactory.GetGrain<IPolicyVersionGrain>(key).LeaseAsync(this.GetPrimaryKeyString(), cancellationToken);
        if (await policies.LeaseAsync(key, _config, () => rank.ShareAsync(version, cancellationToken), cancellationToken) is not { } lease)
            return false;

        await _device!.RunAsync(() => Use(lease, version), cancellationToken);
        await ReleaseAsync();
        _leased = version;
        return true;
    }

    /// <summary>Weights may go between an offer and its lease only because others completed the collection first.</summary>
    private async Task ExpectClosedAsync(WorkOffer offer, CancellationToken cancellationToken)
    {
        var now = await Pool.TakeAsync(Life, most: 0, busyWith: offer.CollectionId, cancellationToken);
        if (now.CollectionId == offer.CollectionId)
            throw new PolicyGoneException(RunKeys.PolicyVersion(_runId, offer.Policy));
    }

    private void Use(PolicyLease lease, PolicyVersion version)
    {
        var weights = lease.Weights;
        var policy = new Transformer(weights, _vocabulary);
        if (_engine is null)
            _engine = new GenerationEngine(
                policy, version, _spec.Rollout.Slots,
                Math.Min(weights.Config.MaxPositions, _spec.Data.MaxPromptTokens + _spec.Rollout.MaxResponseTokens),
                Math.Min(_spec.Rollout.PrefillChunkTokens, _spec.Data.MaxPromptTokens));
        else
            _engine.Use(policy, version);

        _policy?.Dispose();
        _weights?.Dispose();
        (_policy, _weights) = (policy, lease);
    }

    /// <exception cref="LostActorException">A newer incarnation of the controller than the caller started this worker.</exception>
    private void Require(long epoch)
    {
        if (epoch < _epoch)
            throw new LostActorException($"Worker {this.GetPrimaryKeyString()} serves epoch {_epoch} and was called by {epoch}.");
    }

    private void FreeEngine()
    {
        _engine?.Dispose();
        _policy?.Dispose();
        _weights?.Dispose();
        (_engine, _policy, _weights) = (null, null, null);
    }

    private async Task ReleaseAsync()
    {
        if (_leased is not { } version)
            return;

        _leased = null;
        policies.Forget(RunKeys.PolicyVersion(_runId, version));
        await GrainFactory.GetGrain<IPolicyVersionGrain>(RunKeys.PolicyVersion(_runId, version))
            .ReleaseAsync(this.GetPrimaryKeyString(), CancellationToken.None);
    }

    [LoggerMessage(LogLevel.Error, "Rollout worker {Worker} stopped")]
    private static partial void LogFailed(ILogger logger, string worker, Exception failure);
}
