using System.Collections.Immutable;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Algorithms;
using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Randomness;
using SeedOrleans.GrainInterfaces.Rollout;
using SeedOrleans.GrainInterfaces.Training;
using SeedOrleans.Grains.Rollout;
using SeedOrleans.Grains.Training;

namespace SeedOrleans.Grains.Runs;

/// <summary>What a run does, from cold start to the last evaluation (HybridFlow's single controller, arXiv:2409.19256).</summary>
internal sealed class TrainingLoop(
    RunSpec spec, RunData data, RankGroup ranks, RolloutGroupCollector rollouts, RunReporter report, RunProgress progress,
    TimeProvider time)
{
    private readonly Algorithm _algorithm = AlgorithmPresets.Resolve(spec.Algorithm);
    private readonly ImmutableArray<int> _stopTokens = FirstPolicy.StopTokens(spec, data.Tokenizer);
    private readonly StepClock _clock = new(time);
    private long _cursor;
    private long _collections;
    private double _expectedYield = 0.5;
    private int _updates;

    /// <summary>The newest weights handed out.</summary>
    public PolicyVersion Version { get; private set; } = PolicyVersion.Initial;

    public async Task RunAsync(string policyFolder, CancellationToken cancellationToken)
    {
        await Task.WhenAll(ranks.StartAsync(cancellationToken), rollouts.StartAsync(cancellationToken));
        await ColdStartAsync(cancellationToken);
        await ranks.PublishAsync(Version, cancellationToken);
        await EvaluateAsync(cancellationToken);

        progress.Status = RunStatus.Training;
        for (var step = 1; step <= spec.Training.Steps; step++)
        {
            var hasLearned = await StepAsync(step, cancellationToken);
            progress.Step = hasLearned ? step : step - 1;
            if (!hasLearned || step == spec.Training.Steps || (spec.Evaluation.Every > 0 && step % spec.Evaluation.Every == 0))
                await EvaluateAsync(cancellationToken);

            if (!hasLearned)
                break;
        }

        await ranks.SaveAsync(policyFolder, cancellationToken);
    }

    /// <summary>Sample groups, judge them, learn from them, hand out the new weights.</summary>
    /// <returns>False when the policy answers every prompt right every time, so that there is nothing to learn from.</returns>
    private async Task<bool> StepAsync(int step, CancellationToken cancellationToken)
    {
        _clock.Restart();
        var collected = await rollouts.CollectAsync(TrainingOrder(step), cancellationToken);
        _clock.Mark("gen");
        if (collected.Groups.IsEmpty)
        {
            report.Message(
                $"{collected.AllCorrect} of {collected.AllCorrect + collected.AllWrong} prompts are solved every time and the "
                + "rest never; nothing is left to learn");
            return false;
        }

        var updates = await UpdateAsync(collected.Groups, cancellationToken);
        _clock.Mark("update_actor");

        await PublishNextAsync(cancellationToken);
        _clock.Mark("param_sync");

        _cursor = collected.NextCursor;
        _expectedYield = (_expectedYield + YieldOf(collected)) / 2;
        report.Step(
            RunEventKind.TrainingStep, step,
            StepMetrics.Of(collected, updates, _algorithm, spec, LearningRateNow(), _clock),
            AnswerSamples.Of(collected.Groups));
        return true;
    }

    private async Task<IReadOnlyList<UpdateReport>> UpdateAsync(
        ImmutableArray<RolloutGroup> groups, CancellationToken cancellationToken)
    {
        var miniBatches = MiniBatches.Split(groups, spec.Training.UpdatesPerStep)
            .Select(share => BatchAssembler.Assemble(share, _algorithm, spec.Rollout.MaxResponseTokens)).ToArray();

        // π_old is the policy of the step's beginning, so it is scored before the first update moves it.
        if (spec.Training.OldLogProbs == OldLogProbs.Recompute)
            for (var update = 0; update < miniBatches.Length; update++)
                miniBatches[update] = await ranks.RescoreAsync(miniBatches[update], cancellationToken);

        var reports = new List<UpdateReport>();
        foreach (var miniBatch in miniBatches)
        {
            reports.Add(await ranks.UpdateAsync(
                TrainingPhase.Reinforcement, miniBatch, spec.Training.Optimizer, LearningRateNow(), cancellationToken));
            _updates++;
        }

        return reports;
    }

    /// <summary>Supervised fine-tuning on worked solutions, in the same order for every layout.</summary>
    private async Task ColdStartAsync(CancellationToken cancellationToken)
    {
        if (spec.ColdStart is not { Steps: > 0 } coldStart)
            return;

        progress.Status = RunStatus.ColdStart;
        for (var step = 0; step < coldStart.Steps; step++)
        {
            var first = (long)step * coldStart.BatchSize;
            var batch = SupervisedBatch.Assemble(
            [
                .. Enumerable.Range(0, coldStart.BatchSize).Select(place => data.TrainingDemonstration(first + place))
                    .Select(shown => (shown.Prompt.Tokens, shown.ResponseTokens)),
            ]);

            var learningRate = LearningRate.At(coldStart.Optimizer, step, coldStart.Steps);
            var update = await ranks.UpdateAsync(
                TrainingPhase.Supervised, batch, coldStart.Optimizer, learningRate, cancellationToken);
            if (step % 10 == 9 || step == coldStart.Steps - 1)
                report.ColdStart(step + 1, update, learningRate);
        }
    }

    /// <summary>pass@1 on all held-out problems.</summary>
    private async Task EvaluateAsync(CancellationToken cancellationToken)
    {
        if (data.Evaluation.Prompts.IsEmpty)
            return;

        _clock.Restart();
        var collected = await rollouts.CollectAsync(EvaluationOrder(), cancellationToken);
        _clock.Mark("testing");

        var metrics = EvaluationMetrics.Of(collected.Groups, _clock);
        progress.Evaluated(metrics[EvaluationMetrics.PassAtOne]);
        report.Step(RunEventKind.Evaluation, progress.Step, metrics, AnswerSamples.Of(collected.Groups));
    }

    private async Task PublishNextAsync(CancellationToken cancellationToken)
    {
        var old = Version;
        Version = Version.Next();
        await ranks.PublishAsync(Version, cancellationToken);
        await rollouts.RetireAsync(old, cancellationToken);
    }

    private CollectionOrder TrainingOrder(int step) => new()
    {
        CollectionId = ++_collections,
        Split = PromptSplit.Training,
        Cursor = _cursor,
        Groups = spec.Training.PromptsPerStep,
        GroupSize = spec.Training.GroupSize,
        OnlyInformative = _algorithm.DynamicSampling,
        MostGroups = spec.Training.PromptsPerStep * (_algorithm.DynamicSampling ? spec.Training.MaxOversampling : 1),
        ExpectedYield = _algorithm.DynamicSampling ? _expectedYield : 1,
        Policy = Version,
        Seed = AddressedRandom.Derive(AddressedRandom.Derive((ulong)spec.Seed, "rollout"), (ulong)step),
        Sampling = new SamplingParameters
        {
            Temperature = spec.Rollout.Temperature,
            TopP = spec.Rollout.TopP,
            TopK = spec.Rollout.TopK,
            MaxResponseTokens = spec.Rollout.MaxResponseTokens,
            StopTokens = _stopTokens,
        },
    };

    /// <summary>The same random numbers at every evaluation, so that two differ by their weights alone.</summary>
    private CollectionOrder EvaluationOrder() => new()
    {
        CollectionId = ++_collections,
        Split = PromptSplit.Evaluation,
        Cursor = 0,
        Groups = data.Evaluation.Prompts.Length,
        GroupSize = spec.Evaluation.Samples,
        OnlyInformative = false,
        MostGroups = data.Evaluation.Prompts.Length,
        Policy = Version,
        Seed = AddressedRandom.Derive((ulong)spec.Seed, "evaluation"),
        Sampling = new SamplingParameters
        {
            Temperature = spec.Evaluation.Temperature,
            TopP = spec.Evaluation.TopP,
            MaxResponseTokens = spec.Rollout.MaxResponseTokens,
            StopTokens = _stopTokens,
        },
    };

    private double LearningRateNow() =>
        LearningRate.At(spec.Training.Optimizer, _updates, spec.Training.Steps * spec.Training.UpdatesPerStep);

    private static double YieldOf(CollectedGroups collected) =>
        (double)collected.Groups.Length / (collected.Groups.Length + collected.AllCorrect + collected.AllWrong);
}
