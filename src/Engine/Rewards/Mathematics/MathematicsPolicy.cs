namespace SeedOrleans.Engine.Rewards.Mathematics;

/// <summary>What counts as an answer, beyond being equal to the reference. The defaults are the careful ones.</summary>
public sealed record MathematicsPolicy
{
    public static readonly MathematicsPolicy Default = new();

    /// <summary>How far an answer must be worked out.</summary>
    public AnswerForm Form { get; init; } = AnswerForm.LowestTerms;

    /// <summary>How 50 %, 0.5 and 50 relate.</summary>
    public PercentReading Percent { get; init; } = PercentReading.Value;

    /// <summary>An answer without the reference's unit is wrong. A different unit is wrong in any case, unless it converts.</summary>
    public bool UnitsRequired { get; init; }

    /// <summary>A multiple-choice answer is its letter and nothing else.</summary>
    public bool LettersOnly { get; init; }

    /// <summary>Whose order matters.</summary>
    public AnswerOrder Order { get; init; } = AnswerOrder.Tuples;

    /// <summary>The largest |answer − reference| that passes.</summary>
    public double AbsoluteTolerance { get; init; }

    /// <summary>The largest |answer − reference| / |reference| that passes.</summary>
    public double RelativeTolerance { get; init; }

    internal bool IsTolerant => AbsoluteTolerance > 0 || RelativeTolerance > 0;
}
