using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Planning.Layouts;

/// <summary>One way to lay out a run's training.</summary>
/// <param name="MicroBatchTokens">That a context group holds at once.</param>
public sealed record LayoutCandidate(LayoutSpec Layout, MemorySpec Memory, int MicroBatchTokens)
{
    /// <summary>Sequences of a micro-batch, where all are as long as can be.</summary>
    public int SequencesAtOnce(UpdateLoad load) => Math.Clamp(MicroBatchTokens / load.Fed, 1, SequencesARank(load));

    /// <summary>Micro-batches of an update.</summary>
    public int Rounds(UpdateLoad load) => (SequencesARank(load) + SequencesAtOnce(load) - 1) / SequencesAtOnce(load);

    /// <summary>Of the data rank that has most.</summary>
    public int SequencesARank(UpdateLoad load) => (load.Sequences + Layout.Data - 1) / Layout.Data;
}
