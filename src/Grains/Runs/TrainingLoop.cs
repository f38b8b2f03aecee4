using System.Collections.Immutable;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Algorithms;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Ledgers;
using SeedOrleans.Engine.Randomness;
using SeedOrleans.GrainInterfaces.Rollout;
using SeedOrleans.GrainInterfaces.Training;
using SeedOrleans.Grains.Training;

namespace SeedOrleans.Grains.Runs;

/// <summary>What a run does, from cold start to the last evaluation (HybridFlow's single controller, arXiv:2409.19256).</summary>
/// <remarks>
/// One life of it. Begun again, it loads the newest checkpoint, computes the committed steps since then once more from their records,
/// without sampling, and goes on. A step's record is durable before the optimizer moves; the step counts when the ledger's head says so.
/// </remarks>
internal sealed class TrainingLoop(RunIncarnation life)
{
    private readonly RunSpec _spec = life.Spec;
    private readonly RankGroup _ranks = life.Ranks;
    private readonly StepRecords _records = new(life.Ledger, life.Serializer, life.Spec);
    private readonly Algorithm _algorithm = AlgorithmPresets.Resolve(life.Spec.Algorithm);
    private readonly ImmutableArray<int> _stopTokens = FirstPolicy.StopTokens(life.Spec, life.Data.Tokenizer);
    private readonly StepClock _clock = new(life.Time);
    private long _cursor = life.Start?.Cursor ?? 0;
    private int _updates = life.Start?.Updates ?? 0;
    private double _expectedYield = 0.5;
    private long _logEnd;

    /// <summary>The newest weights handed out.</summary>
    public PolicyVersion Version { get; private set; } = PolicyVersion.Initial;

    private int ColdStartSteps => _spec.ColdStart?.Steps ?? 0;

    public async Task RunAsync(string policyFolder, CancellationToken cancellationToken)
    {
        var checkpoint = life.Start is { } start ? CheckpointStore.NameOf(start.ColdStartSteps, start.Step) : "";
        await Task.WhenAll(_ranks.StartAsync(checkpoint, cancellationToken), life.Rollouts.StartAsync(cancellationToken));
        await ColdStartAsync(cancellationToken);
        await ReplayAsync(cancellationToken);
        Version = new PolicyVersion(life.Ledger.Head.Step);
        await _ranks.PublishAsync(Version, cancellationToken);

        life.Progress.Head = life.Ledger.Head;
        if (IsEvaluated(Version.Step))
            await EvaluateAsync(cancellationToken);

        life.Progress.Status = RunStatus.Training;
        for (var step = Version.Step + 1; step <= _spec.Training.Steps; step++)
        {
            var hasLearned = await StepAsync(step, cancellationToken);
            if (!hasLearned || IsEvaluated(step))
                await EvaluateAsync(cancellationToken);

            if (!hasLearned)
                break;
        }

        await life.Checkpoints.FlushAsync();
        await _ranks.SaveAsync(policyFolder, cancellationToken);
    }

    private bool IsEvaluated(int step) =>
        step == 0 || step == _spec.Training.Steps || (_spec.Evaluation.Every > 0 && step % _spec.Evaluation.Every == 0);

    /// <summary>Computes again what was committed after the checkpoint.</summary>
    private async Task ReplayAsync(CancellationToken cancellationToken)
    {
        var begun = life.Start?.Step ?? 0;
        await foreach (var record in life.Ledger.ReadCommittedAsync(begun, cancellationToken))
        {
            var collected = await _records.ReadAsync(record, cancellationToken);
            await UpdateAsync(collected.Groups, cancellationToken);
            Passed(collected);
        }

        var head = life.Ledger.Head;
        if (head.Step == 0)
            return;

        if (await life.Ledger.ReadStepAsync(head.Step, cancellationToken) is { } last)
            _logEnd = last.LogEnd;

        var hash = await _ranks.HashAsync(cancellationToken);
        if (hash != head.WeightsHash)
            life.Report.Message($"Step {head.Step}, computed again from its record, gave weights {hash[..8]} and not {head.WeightsHash[..8]}: this machine rounds otherwise than the one before");
    }

    /// <summary>Sample groups, judge them, learn from them, hand out the new weights.</summary>
    /// <returns>False when the policy answers every prompt right every time, so that there is nothing to learn from.</returns>
    private async Task<bool> StepAsync(int step, CancellationToken cancellationToken)
    {
        _clock.Restart();
        var order = TrainingOrder(step);
        var record = await life.Ledger.ReadStepAsync(step, cancellationToken);
        var collected = record is null
            ? await life.Rollouts.CollectAsync(order, cancellationToken)
            : await _records.ReadAsync(record, cancellationToken);
        _clock.Mark("gen");
        if (collected.Groups.IsEmpty)
        {
            life.Report.Message(
                $"{collected.AllCorrect} of {collected.AllCorrect + collected.AllWrong} prompts are solved every time and the "
                + "rest never; nothing is left to learn");
            return false;
        }

        record ??= await _records.PrepareAsync(step, order, collected, cancellationToken);
        _clock.Mark("record");

        var updates = await UpdateAsync(collected.Groups, cancellationToken);
        var hash = await _ranks.HashAsync(cancellationToken);
        _clock.Mark("update_actor");

        await PublishNextAsync(cancellationToken);
        _clock.Mark("param_sync");

        Passed(collected);
        life.Report.Step(
            RunEventKind.TrainingStep, step,
            StepMetrics.Of(collected, updates, _algorithm, _spec, LearningRateNow(), _clock),
            AnswerSamples.Of(collected.Groups));
        await life.Report.FlushAsync();
        await life.Ledger.CommitAsync(record, hash, cancellationToken);
        life.Progress.Head = life.Ledger.Head;

        if (step % _spec.Checkpoint.Every == 0 || step == _spec.Training.Steps)
            await life.Checkpoints.BeginAsync(ColdStartSteps, life.Ledger.Head, _updates, _cursor, hash, cancellationToken);

        return true;
    }

    private void Passed(CollectedGroups collected)
    {
        _cursor = collected.NextCursor;
        _logEnd = Math.Max(_logEnd, collected.LogEnd);
        _expectedYield = (_expectedYield + YieldOf(collected)) / 2;
    }

    private async Task<IReadOnlyList<UpdateReport>> UpdateAsync(
        ImmutableArray<RolloutGroup> groups, CancellationToken cancellationToken)
    {
        var miniBatches = MiniBatches.Split(groups, _spec.Training.UpdatesPerStep)
            .Select(share => BatchAssembler.Assemble(share, _algorithm, _spec.Rollout.MaxResponseTokens)).ToArray();

        // π_old is the policy of the step's beginning, so it is scored before the first update moves it.
        if (_spec.Training.OldLogProbs == OldLogProbs.Recompute)
            for (var update = 0; update < miniBatches.Length; update++)
                miniBatches[update] = await _ranks.RescoreAsync(miniBatches[update], cancellationToken);

        var reports = new List<UpdateReport>();
        foreach (var miniBatch in miniBatches)
        {
            reports.Add(await _ranks.UpdateAsync(
                TrainingPhase.Reinforcement, miniBatch, _spec.Training.Optimizer, LearningRateNow(), cancellationToken));
            _updates++;
        }

        return reports;
    }

    /// <summary>Supervised fine-tuning on worked solutions, in the same order for every layout.</summary>
    private async Task ColdStartAsync(CancellationToken cancellationToken)
    {
        var begun = life.Start?.ColdStartSteps ?? 0;
        if (_spec.ColdStart is not { } coldStart || begun >= coldStart.Steps)
            return;

        life.Progress.Status = RunStatus.ColdStart;
        for (var step = begun; step < coldStart.Steps; step++)
        {
            var first = (long)step * coldStart.BatchSize;
            var batch = SupervisedBatch.Assemble(
            [
                .. Enumerable.Range(0, coldStart.BatchSize).Select(place => life.Data.TrainingDemonstration(first + place))
                    .Select(shown => (shown.Prompt.Tokens, shown.ResponseTokens)),
            ]);

            var learningRate = LearningRate.At(coldStart.Optimizer, step, coldStart.Steps);
            var update = await _ranks.UpdateAsync(
                TrainingPhase.Supervised, batch, coldStart.Optimizer, learningRate, cancellationToken);
            if (step % 10 == 9 || step == coldStart.Steps - 1)
                life.Report.ColdStart(step + 1, update, learningRate);

            if ((step + 1) % _spec.Checkpoint.ColdStartEvery == 0 || step == coldStart.Steps - 1)
                await life.Checkpoints.BeginAsync(
                    step + 1, new LedgerHead(), _updates, _cursor, await _ranks.HashAsync(cancellationToken), cancellationToken);
        }
    }

    /// <summary>pass@1 on all held-out problems.</summary>
    private async Task EvaluateAsync(CancellationToken cancellationToken)
    {
        if (life.Data.Evaluation.Prompts.IsEmpty || life.Report.HasTold(RunEventKind.Evaluation, life.Progress.Step))
            return;

        _clock.Restart();
        var collected = await life.Rollouts.CollectAsync(EvaluationOrder(), cancellationToken);
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

    private CollectionOrder TrainingOrder(int step) => new()
    {
        CollectionId = 2L * step,
        LogStart = _logEnd,
        Split = PromptSplit.Training,
        Cursor = _cursor,
        Groups = _spec.Training.PromptsPerStep,
        GroupSize = _spec.Training.GroupSize,
        OnlyInformative = _algorithm.DynamicSampling,
        MostGroups = _spec.Training.PromptsPerStep * (_algorithm.DynamicSampling ? _spec.Training.MaxOversampling : 1),
        ExpectedYield = _algorithm.DynamicSampling ? _expectedYield : 1,
        Policy = Version,
        Seed = AddressedRandom.Derive(AddressedRandom.Derive((ulong)_spec.Seed, "rollout"), (ulong)step),
        Sampling = new SamplingParameters
        {
            Temperature = _spec.Rollout.Temperature,
            TopP = _spec.Rollout.TopP,
            TopK = _spec.Rollout.TopK,
            MaxResponseTokens = _spec.Rollout.MaxResponseTokens,
            StopTokens = _stopTokens,
        },
    };

    /// <summary>The same random numbers at every evaluation, so that two differ by their weights alone.</summary>
    private CollectionOrder EvaluationOrder() => new()
    {
        CollectionId = (2L * life.Progress.Step) + 1,
        LogStart = _logEnd,
        Split = PromptSplit.Evaluation,
        Cursor = 0,
        Groups = life.Data.Evaluation.Prompts.Length,
        GroupSize = _spec.Evaluation.Samples,
        OnlyInformative = false,
        MostGroups = life.Data.Evaluation.Prompts.Length,
        Policy = Version,
        Seed = AddressedRandom.Derive((ulong)_spec.Seed, "evaluation"),
        Sampling = new SamplingParameters
        {
            Temperature = _spec.Evaluation.Temperature,
            TopP = _spec.Evaluation.TopP,
            MaxResponseTokens = _spec.Rollout.MaxResponseTokens,
            StopTokens = _stopTokens,
        },
    };

    private double LearningRateNow() =>
        LearningRate.At(_spec.Training.Optimizer, _updates, _spec.Training.Steps * _spec.Training.UpdatesPerStep);

    private static double YieldOf(CollectedGroups collected) =>
        (double)collected.Groups.Length / (collected.Groups.Length + collected.AllCorrect + collected.AllWrong);
}
