namespace SeedOrleans.Engine.Rewards.Mathematics;

/// <summary>Whose order matters when an answer has several parts.</summary>
public enum AnswerOrder
{
    /// <summary>(1, 2) is not (2, 1), while 1, 2 and {1, 2} have no order.</summary>
    Tuples,

    /// <summary>Lists without brackets have an order too; sets have none.</summary>
    Lists,

    /// <summary>No order anywhere.</summary>
    None,
}
