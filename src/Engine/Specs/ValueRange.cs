using System.Globalization;
using System.Reflection;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Specs;

/// <summary>Which numbers a key takes.</summary>
/// <param name="IsMinimumExcluded">The number must be greater than <paramref name="Minimum"/>, not equal.</param>
internal sealed record ValueRange(double Minimum, double? Maximum = null, bool IsMinimumExcluded = false, bool IsMaximumExcluded = false)
{
    private static readonly ValueRange NotNegative = new(0);
    private static readonly ValueRange AtLeastOne = new(1);
    private static readonly ValueRange Positive = new(0, IsMinimumExcluded: true);
    private static readonly ValueRange Fraction = new(0, 1);
    private static readonly ValueRange Probability = new(0, 1, IsMinimumExcluded: true);
    private static readonly ValueRange Seconds = new(0, 86_400, IsMinimumExcluded: true);
    private static readonly ValueRange Decay = new(0, 1, IsMaximumExcluded: true);

    private static readonly Dictionary<(Type Record, string Property), ValueRange> Ranges = new()
    {
        [(typeof(ModelShape), nameof(ModelShape.HiddenSize))] = AtLeastOne,
        [(typeof(ModelShape), nameof(ModelShape.Layers))] = AtLeastOne,
        [(typeof(ModelShape), nameof(ModelShape.AttentionHeads))] = AtLeastOne,
        [(typeof(ModelShape), nameof(ModelShape.KeyValueHeads))] = AtLeastOne,
        [(typeof(ModelShape), nameof(ModelShape.HeadDim))] = new(2),
        [(typeof(ModelShape), nameof(ModelShape.IntermediateSize))] = AtLeastOne,
        [(typeof(ModelShape), nameof(ModelShape.Context))] = new(2),
        [(typeof(ModelShape), nameof(ModelShape.Experts))] = NotNegative,
        [(typeof(ModelShape), nameof(ModelShape.ExpertsPerToken))] = AtLeastOne,
        [(typeof(ModelShape), nameof(ModelShape.RopeTheta))] = Positive,
        [(typeof(ModelShape), nameof(ModelShape.VocabularySize))] = AtLeastOne,
        [(typeof(DataSpec), nameof(DataSpec.MaxPromptTokens))] = AtLeastOne,
        [(typeof(DataSource), nameof(DataSource.Difficulty))] = AtLeastOne,
        [(typeof(DataSource), nameof(DataSource.Hardest))] = AtLeastOne,
        [(typeof(DataSource), nameof(DataSource.Count))] = AtLeastOne,
        [(typeof(RewardSpec), nameof(RewardSpec.Verifiers))] = new(1, 64),
        [(typeof(RewardSpec), nameof(RewardSpec.AuditShare))] = Fraction,
        [(typeof(DataSource), nameof(DataSource.Weight))] = Positive,
        [(typeof(MixtureSpec), nameof(MixtureSpec.Floor))] = Probability,
        [(typeof(MixtureSpec), nameof(MixtureSpec.Ceiling))] = AtLeastOne,
        [(typeof(MixtureSpec), nameof(MixtureSpec.Rate))] = Probability,
        [(typeof(MixtureSpec), nameof(MixtureSpec.Fast))] = Probability,
        [(typeof(MixtureSpec), nameof(MixtureSpec.Slow))] = Probability,
        [(typeof(LadderSpec), nameof(LadderSpec.Window))] = AtLeastOne,
        [(typeof(LadderSpec), nameof(LadderSpec.RiseAt))] = Probability,
        [(typeof(LadderSpec), nameof(LadderSpec.FallBelow))] = Fraction,
        [(typeof(LadderSpec), nameof(LadderSpec.Review))] = Decay,
        [(typeof(ColdStartSpec), nameof(ColdStartSpec.Steps))] = NotNegative,
        [(typeof(ColdStartSpec), nameof(ColdStartSpec.BatchSize))] = AtLeastOne,
        [(typeof(OptimizerSpec), nameof(OptimizerSpec.LearningRate))] = Positive,
        [(typeof(OptimizerSpec), nameof(OptimizerSpec.Beta1))] = Decay,
        [(typeof(OptimizerSpec), nameof(OptimizerSpec.Beta2))] = Decay,
        [(typeof(OptimizerSpec), nameof(OptimizerSpec.Epsilon))] = Positive,
        [(typeof(OptimizerSpec), nameof(OptimizerSpec.WeightDecay))] = NotNegative,
        [(typeof(OptimizerSpec), nameof(OptimizerSpec.MaxGradientNorm))] = NotNegative,
        [(typeof(OptimizerSpec), nameof(OptimizerSpec.WarmupSteps))] = NotNegative,
        [(typeof(OptimizerSpec), nameof(OptimizerSpec.FinalFraction))] = Fraction,
        [(typeof(AlgorithmSpec), nameof(AlgorithmSpec.ClipLow))] = Decay,
        [(typeof(AlgorithmSpec), nameof(AlgorithmSpec.ClipHigh))] = NotNegative,
        [(typeof(AlgorithmSpec), nameof(AlgorithmSpec.DualClip))] = NotNegative,
        [(typeof(AlgorithmSpec), nameof(AlgorithmSpec.OverlongCacheTokens))] = NotNegative,
        [(typeof(AlgorithmSpec), nameof(AlgorithmSpec.KlCoefficient))] = NotNegative,
        [(typeof(AlgorithmSpec), nameof(AlgorithmSpec.FormatPenalty))] = new(0, 2),
        [(typeof(AlgorithmSpec), nameof(AlgorithmSpec.LanguagePenalty))] = new(0, 2),
        [(typeof(AlgorithmSpec), nameof(AlgorithmSpec.RepetitionPenalty))] = new(0, 2),
        [(typeof(RolloutSpec), nameof(RolloutSpec.Workers))] = AtLeastOne,
        [(typeof(RolloutSpec), nameof(RolloutSpec.Slots))] = AtLeastOne,
        [(typeof(RolloutSpec), nameof(RolloutSpec.MaxResponseTokens))] = AtLeastOne,
        [(typeof(RolloutSpec), nameof(RolloutSpec.Temperature))] = Positive,
        [(typeof(RolloutSpec), nameof(RolloutSpec.TopP))] = Probability,
        [(typeof(RolloutSpec), nameof(RolloutSpec.TopK))] = NotNegative,
        [(typeof(RolloutSpec), nameof(RolloutSpec.PrefillChunkTokens))] = AtLeastOne,
        [(typeof(RolloutSpec), nameof(RolloutSpec.JournalMilliseconds))] = NotNegative,
        [(typeof(CheckpointSpec), nameof(CheckpointSpec.Every))] = AtLeastOne,
        [(typeof(CheckpointSpec), nameof(CheckpointSpec.ColdStartEvery))] = AtLeastOne,
        [(typeof(CheckpointSpec), nameof(CheckpointSpec.Keep))] = AtLeastOne,
        [(typeof(TrainingSpec), nameof(TrainingSpec.Steps))] = NotNegative,
        [(typeof(TrainingSpec), nameof(TrainingSpec.PromptsPerStep))] = AtLeastOne,
        // Advantages are relative to the group's mean: a response alone in its group always has advantage 0.
        [(typeof(TrainingSpec), nameof(TrainingSpec.GroupSize))] = new(2),
        [(typeof(TrainingSpec), nameof(TrainingSpec.UpdatesPerStep))] = AtLeastOne,
        [(typeof(TrainingSpec), nameof(TrainingSpec.MicroBatchTokens))] = AtLeastOne,
        [(typeof(TrainingSpec), nameof(TrainingSpec.MaxOversampling))] = AtLeastOne,
        [(typeof(RouterSpec), nameof(RouterSpec.Rate))] = NotNegative,
        [(typeof(EvaluationSpec), nameof(EvaluationSpec.Every))] = NotNegative,
        [(typeof(EvaluationSpec), nameof(EvaluationSpec.Samples))] = AtLeastOne,
        [(typeof(EvaluationSpec), nameof(EvaluationSpec.Temperature))] = NotNegative,
        [(typeof(EvaluationSpec), nameof(EvaluationSpec.TopP))] = Probability,
        [(typeof(LayoutSpec), nameof(LayoutSpec.Data))] = AtLeastOne,
        [(typeof(LayoutSpec), nameof(LayoutSpec.Context))] = AtLeastOne,
        [(typeof(LayoutSpec), nameof(LayoutSpec.Tensor))] = AtLeastOne,
        [(typeof(LayoutSpec), nameof(LayoutSpec.Expert))] = AtLeastOne,
        [(typeof(MemorySpec), nameof(MemorySpec.RecomputeEvery))] = NotNegative,
        [(typeof(JudgeSpec), nameof(JudgeSpec.DeadlineSeconds))] = Seconds,
        [(typeof(JudgeSpec), nameof(JudgeSpec.TotalDeadlineSeconds))] = Seconds,
        [(typeof(JudgeSpec), nameof(JudgeSpec.Retries))] = new(0, 100),
        [(typeof(JudgeSpec), nameof(JudgeSpec.Parallel))] = AtLeastOne,
        [(typeof(JudgeSpec), nameof(JudgeSpec.RequestsPerMinute))] = AtLeastOne,
        [(typeof(JudgeSpec), nameof(JudgeSpec.TokensPerMinute))] = AtLeastOne,
        [(typeof(JudgeSpec), nameof(JudgeSpec.SpendCap))] = NotNegative,
        [(typeof(JudgeSpec), nameof(JudgeSpec.InputPrice))] = NotNegative,
        [(typeof(JudgeSpec), nameof(JudgeSpec.OutputPrice))] = NotNegative,
        [(typeof(JudgeSpec), nameof(JudgeSpec.MaxTokens))] = AtLeastOne,
        [(typeof(JudgeSpec), nameof(JudgeSpec.Temperature))] = NotNegative,
    };

    /// <returns>Null where every number of the property's type will do.</returns>
    public static ValueRange? Of(PropertyInfo property) => Ranges.GetValueOrDefault((property.DeclaringType!, property.Name));

    public bool Contains(double value) =>
        (IsMinimumExcluded ? value > Minimum : value >= Minimum)
        && (Maximum is not { } maximum || (IsMaximumExcluded ? value < maximum : value <= maximum));

    /// <returns>For example <c>greater than 0 and at most 1</c>.</returns>
    public override string ToString()
    {
        var invariant = CultureInfo.InvariantCulture;
        var minimum = string.Create(invariant, $"{(IsMinimumExcluded ? "greater than" : "at least")} {Minimum}");
        return Maximum is { } maximum
            ? minimum + string.Create(invariant, $" and {(IsMaximumExcluded ? "less than" : "at most")} {maximum}")
            : minimum;
    }
}
