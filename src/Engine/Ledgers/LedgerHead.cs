using System.Collections.Immutable;

namespace SeedOrleans.Engine.Ledgers;

/// <summary>How far a run has committed, who may commit next, and how it ended. Changed by conditional writes alone.</summary>
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

    /// <summary>Where the records lie: each branch has the steps from its first one up to the next branch's. A run that was rewound has several.</summary>
    public ImmutableArray<LedgerBranch> Branches { get; init; } = [new(0, 1)];

    /// <summary>Null while the run goes on.</summary>
    public LedgerEnding? Ending { get; init; }

    /// <returns>The branch that holds a step's record; null for a step before the ledger's first, as a forked run has them.</returns>
    public int? BranchOf(int step) => Branches.LastOrDefault(branch => branch.FirstStep <= step)?.Number;
}

/// <param name="Number">Never used twice in a run.</param>
/// <param name="FirstStep">Its records begin here.</param>
public sealed record LedgerBranch(int Number, int FirstStep);
