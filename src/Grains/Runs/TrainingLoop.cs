using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Algorithms;
using SeedOrleans.Engine.Ledgers;
using SeedOrleans.Engine.Storage;
using SeedOrleans.GrainInterfaces.Rollout;
using SeedOrleans.Grains.Training;

namespace SeedOrleans.Grains.Runs;

/// <summary>What a run does, from cold start to the last evaluation (HybridFlow's single controller, arXiv:2409.19256).</summary>
/// <remarks>
/// One life of it. Begun again, it loads the newest checkpoint, computes the committed steps since then once more from their records,
/// without sampling, and goes on. A step's record is durable before the optimizer moves; the step counts when the ledger's head says so.
/// </remarks>
internal sealed class TrainingLoop(RunIncarnation life)
{
    private const int ColdStartStepsATelling = 10;

    private readonly RunSpec _spec = life.Spec;
    private readonly RankGroup _ranks = life.Ranks;
    private readonly PolicyUpdates _updates = new(life.Ranks, life.Spec, life.Start?.Updates ?? 0);
    private readonly StepRecords _records = new(life.Ledger, life.Tools.Serializer);
    private readonly Algorithm _algorithm = AlgorithmPresets.Resolve(life.Spec.Algorithm);
    private readonly CollectionOrders _orders = new(life.Spec, life.Data);
    private readonly StepClock _clock = new(life.Tools.Time);
    private readonly RunCurriculum _curriculum = new(life.Data, life.Start, life.Report);
    private RecoveryClock? _recovery = life.Recovery;
    private double _expectedYield = 0.5;
    private long _logEnd;
    private string _weightsHash = "";
    private int _coldStartSteps = life.Start?.ColdStartSteps ?? 0;
    private bool _isWhole; // the ranks hold the state that the ledger tells of, and no part of a next step

    /// <summary>The newest weights handed out.</summary>
    public PolicyVersion Version { get; private set; } = PolicyVersion.Initial;

    /// <summary>The recovery that is under way; null where the run goes as it should.</summary>
    public RecoveryClock? Recovery => _recovery;

    public async Task RunAsync(string policyFolder, CancellationToken cancellationToken)
    {
        await life.StartActorsAsync(cancellationToken);
        await ColdStartAsync(cancellationToken);
        var replayed = await ReplayAsync(cancellationToken);
        Version = new PolicyVersion(life.Ledger.Head.Step);
        await _ranks.PublishAsync(Version, cancellationToken);
        _isWhole = true;
        _recovery?.Restored(life.Tools.Time.GetUtcNow(), replayed);

        life.Progress.Head = life.Ledger.Head;
        if (IsEvaluated(Version.Step))
            await EvaluateAsync(cancellationToken);

        life.Progress.Status = RunStatus.Training;
        for (var step = Version.Step + 1; step <= _spec.Training.Steps; step++)
        {
            life.Hosts.Check();
            await life.Hosts.ThrowIfUnevenAsync();
            var hasLearned = await StepAsync(step, cancellationToken);
            if (!hasLearned || IsEvaluated(step))
                await EvaluateAsync(cancellationToken);

            if (!hasLearned)
                break;
        }

        await life.Checkpoints.FlushAsync();
        await _ranks.SaveAsync(policyFolder, cancellationToken);
    }

    /// <summary>Makes what has been done so far a checkpoint, so that the next life need not do it again.</summary>
    public async Task LeaveCheckpointAsync(CancellationToken cancellationToken)
    {
        if (_isWhole)
            await life.Checkpoints.BeginAsync(
                _coldStartSteps, life.Ledger.Head, _updates.Done, _curriculum.Place, await _ranks.HashAsync(cancellationToken), cancellationToken);

        await life.Checkpoints.FlushAsync();
    }

    private bool IsEvaluated(int step) =>
        step == 0 || step == _spec.Training.Steps || (_spec.Evaluation.Every > 0 && step % _spec.Evaluation.Every == 0);

    /// <summary>Computes again what was committed after the checkpoint.</summary>
    /// <returns>How many steps that were.</returns>
    private async Task<int> ReplayAsync(CancellationToken cancellationToken)
    {
        var (begun, replayed) = (life.Start?.Step ?? 0, 0);
        await foreach (var record in life.Ledger.ReadCommittedAsync(begun, cancellationToken))
        {
            var collected = await ReadOrSampleAsync(record, cancellationToken);
            await _updates.StepAsync(collected.Groups, cancellationToken);
            Passed(collected);
            replayed++;
        }

        _weightsHash = await _ranks.HashAsync(cancellationToken);
        var head = life.Ledger.Head;
        if (await life.Ledger.ReadStepAsync(head.Step, cancellationToken) is { } last)
            _logEnd = last.LogEnd;

        if (head.Step > 0 && _weightsHash != head.WeightsHash)
            life.Report.Message($"Step {head.Step}, computed again from its record, gave weights {_weightsHash[..8]} and not {head.WeightsHash[..8]}: this machine rounds otherwise than the one before");

        return replayed;
    }

    /// <summary>Trajectories that the store has lost are sampled once more, to the same bits: the record tells whether they are.</summary>
    private async Task<CollectedGroups> ReadOrSampleAsync(StepRecord record, CancellationToken cancellationToken)
    {
        _curriculum.GoTo(record);
        try
        {
            return await _records.ReadAsync(record, cancellationToken);
        }
        catch (BlobException lost) when (lost is BlobDamagedException or BlobMissingException)
        {
            life.Report.Message($"{lost.Message} Sampling step {record.Step} again.");
            Version = new PolicyVersion(record.Step - 1);
            await _ranks.PublishAsync(Version, cancellationToken);
            var again = await life.Rollouts.CollectAsync(TrainingOrder(record.Step), life.Hosts.Check, cancellationToken);
            await _ranks.RetireAsync(Version, cancellationToken);
            if (StepRecords.DigestOf(again.Groups.SelectMany(group => group.Responses)) == record.Digest)
                return again;

            throw;
        }
    }

    /// <summary>Sample groups, judge them, learn from them, hand out the new weights.</summary>
    /// <returns>False when the policy answers every prompt right every time, so that there is nothing to learn from.</returns>
    private async Task<bool> StepAsync(int step, CancellationToken cancellationToken)
    {
        _clock.Restart();
        var record = await life.Ledger.ReadStepAsync(step, cancellationToken);
        var collected = record is null
            ? await _curriculum.SampleAsync(() => life.Rollouts.CollectAsync(TrainingOrder(step), life.Hosts.Check, cancellationToken))
            : await ReadOrSampleAsync(record, cancellationToken);
        _clock.Mark("gen");
        if (collected.Groups.IsEmpty)
        {
            life.Report.Message(
                $"{collected.AllCorrect} of {collected.AllCorrect + collected.AllWrong} prompts are solved every time and the "
                + "rest never; nothing is left to learn");
            return false;
        }

        record ??= await _records.PrepareAsync(step, _spec.Layout, TrainingOrder(step), collected, _weightsHash, cancellationToken);
        _clock.Mark("record");

        _isWhole = false;
        var learningRate = _updates.LearningRateNow();
        var updates = await _updates.StepAsync(collected.Groups, cancellationToken);
        var hash = await _ranks.HashAsync(cancellationToken);
        _clock.Mark("update_actor");

        await PublishNextAsync(cancellationToken);
        _clock.Mark("param_sync");

        var metrics = StepMetrics.Of(collected, updates, _algorithm, _spec, learningRate, _clock).Concat(_curriculum.Metrics(collected));
        Passed(collected);
        _curriculum.TellMoves(step);
        life.Report.Step(RunEventKind.TrainingStep, step, metrics.ToDictionary(), AnswerSamples.Of(collected.Groups));
        await life.Report.FlushAsync();
        await life.Ledger.CommitAsync(record, hash, cancellationToken);
        (_weightsHash, _isWhole) = (hash, true);
        Committed(record);

        if (step % _spec.Checkpoint.Every == 0 || step == _spec.Training.Steps)
        {
            await life.Checkpoints.BeginAsync(_coldStartSteps, life.Ledger.Head, _updates.Done, _curriculum.Place, hash, cancellationToken);
            await life.Tools.Log.HoldAsync(life.RunId, _logEnd, cancellationToken);
        }

        return true;
    }

    private void Committed(StepRecord record)
    {
        life.Progress.Head = life.Ledger.Head;
        life.Progress.Audit.Add(record);
        if (_recovery is { } recovery)
            life.Report.Recovered(recovery.Resumed(life.Epoch, record.Step - 1, life.Tools.Time.GetUtcNow()));

        _recovery = null;
    }

    private void Passed(CollectedGroups collected)
    {
        _curriculum.Pass(collected);
        _logEnd = Math.Max(_logEnd, collected.LogEnd);
        _expectedYield = (_expectedYield + YieldOf(collected)) / 2;
    }

    private async Task ColdStartAsync(CancellationToken cancellationToken)
    {
        if (_spec.ColdStart is not { } spec || _coldStartSteps >= spec.Steps || life.Ledger.Head.Branches[0].FirstStep > 1)
            return;

        life.Progress.Status = RunStatus.ColdStart;
        var coldStart = new ColdStart(_ranks, spec, life.Data);
        _clock.Restart();
        for (var step = _coldStartSteps; step < spec.Steps; step++)
        {
            _isWhole = true;
            life.Hosts.Check();
            _isWhole = false;
            var update = await coldStart.StepAsync(step, cancellationToken);
            _coldStartSteps = step + 1;
            if (_coldStartSteps % ColdStartStepsATelling == 0 || _coldStartSteps == spec.Steps)
            {
                _clock.Mark("cold_start");
                life.Report.ColdStart(_coldStartSteps, update, coldStart.LearningRateAt(step), _clock.Total);
                _clock.Restart();
            }

            if (_coldStartSteps % _spec.Checkpoint.ColdStartEvery == 0 || _coldStartSteps == spec.Steps)
                await life.Checkpoints.BeginAsync(
                    _coldStartSteps, new LedgerHead(), _updates.Done, _curriculum.Place, await _ranks.HashAsync(cancellationToken), cancellationToken);
        }
    }

    /// <summary>pass@1 on all held-out problems.</summary>
    private async Task EvaluateAsync(CancellationToken cancellationToken)
    {
        if (life.Data.Evaluation.Prompts.IsEmpty || life.Report.HasTold(RunEventKind.Evaluation, life.Progress.Step))
            return;

        _clock.Restart();
        var collected = await life.Rollouts.CollectAsync(_orders.Evaluation(life.Progress.Step, Version, _logEnd), life.Hosts.Check, cancellationToken);
        _clock.Mark("testing");

        var metrics = EvaluationMetrics.Of(collected.Groups, _clock);
        _logEnd = Math.Max(_logEnd, collected.LogEnd);
        life.Report.Step(RunEventKind.Evaluation, life.Progress.Step, metrics, AnswerSamples.Of(collected.Groups));
    }

    private async Task PublishNextAsync(CancellationToken cancellationToken)
    {
        var old = Version;
        Version = Version.Next();
        await _ranks.PublishAsync(Version, cancellationToken);
        await _ranks.RetireAsync(old, cancellationToken);
        await life.Rollouts.RetireAsync(old, cancellationToken);
    }

    private CollectionOrder TrainingOrder(int step) => _orders.Training(step, Version, _curriculum.Place, _expectedYield, _logEnd);

    private static double YieldOf(CollectedGroups collected) =>
        (double)collected.Groups.Length / (collected.Groups.Length + collected.AllCorrect + collected.AllWrong);
}
