using System.Collections.Immutable;
using SeedOrleans.Domain.Specs;

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

    /// <returns>Under which layout a step is or was computed; null is the spec's.</returns>
    public LayoutSpec? LayoutAt(int step) => Branches.LastOrDefault(branch => branch.FirstStep <= step)?.Layout;

    /// <returns>The last step, up to <see cref="Step"/>, after which the layout changed; null where it never did.</returns>
    public int? LastChangeOfLayout() => Branches.Zip(Branches.Skip(1)).Where(pair => pair.First.Layout != pair.Second.Layout)
        .Select(pair => (int?)pair.Second.FirstStep - 1).LastOrDefault();

    /// <returns>The branch that holds a step's record; null for a step before the ledger's first, as a forked run has them.</returns>
    public int? BranchOf(int step) => Branches.LastOrDefault(branch => branch.FirstStep <= step)?.Number;
}

/// <param name="Number">Never used twice in a run.</param>
/// <param name="FirstStep">Its records begin here.</param>
/// <param name="Layout">Under which its steps are computed; null is the spec's.</param>
public sealed record LedgerBranch(int Number, int FirstStep, LayoutSpec? Layout = null);
