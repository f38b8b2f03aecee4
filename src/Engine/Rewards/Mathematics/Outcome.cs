namespace SeedOrleans.Engine.Rewards.Mathematics;

/// <summary>What a rule can say of an answer.</summary>
public enum Outcome
{
    Incorrect,
    Correct,

    /// <summary>The rule cannot tell: for a judge that reads, where there is one; no reward where there is none.</summary>
    Abstained,
}
