namespace SeedOrleans.Engine.Rewards.Mathematics;

/// <summary>How a percent sign counts.</summary>
public enum PercentReading
{
    /// <summary>50 % is 0.5; where the question asks for percent, a sign that only one side has is forgiven.</summary>
    Value,

    /// <summary>50 % is 50 %, and neither 0.5 nor 50.</summary>
    Notation,

    /// <summary>50 % is 50 % and 0.5, and 50 as well.</summary>
    Loose,
}
