namespace SeedOrleans.Engine.Ledgers;

/// <summary>How far a run has committed, and who may commit next. Changed by conditional writes alone.</summary>
public sealed record LedgerHead
{
    /// <summary>Of the incarnation that may write; every taking-over adds one.</summary>
    public long Epoch { get; init; }

    /// <summary>The last committed step; 0 before the first.</summary>
    public int Step { get; init; }

    /// <summary>Hash chain over the committed steps; empty before the first.</summary>
    public string Chain { get; init; } = "";

    /// <summary>SHA-256 of the weights after <see cref="Step"/>; empty before the first.</summary>
    public string WeightsHash { get; init; } = "";

    /// <summary>Prompt groups that committed steps trained on.</summary>
    public long Consumed { get; init; }

    /// <summary>Prompt groups that were refused for a stated reason.</summary>
    public long Dropped { get; init; }
}
