using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Planning.Layouts;

/// <summary>One way to lay out a run's training.</summary>
/// <param name="MicroBatchTokens">That a context group holds at once.</param>
public sealed record LayoutCandidate(LayoutSpec Layout, MemorySpec Memory, int MicroBatchTokens)
{
    /// <summary>Sequences of a micro-batch, where all are as long as can be: as even as the fewest micro-batches can be.</summary>
    public int SequencesAtOnce(UpdateLoad load) => (SequencesARank(load) + Rounds(load) - 1) / Rounds(load);

    /// <summary>Micro-batches of an update.</summary>
    public int Rounds(UpdateLoad load)
    {
        var most = Math.Clamp(MicroBatchTokens / load.Fed, 1, SequencesARank(load));
        return (SequencesARank(load) + most - 1) / most;
    }

    /// <summary>What the mean data rank has to do, by what the one with most has: the rest of the time ranks are idle.</summary>
    public double Evenness(UpdateLoad load) => load.Sequences / (double)Layout.Data / SequencesARank(load);

    /// <summary>Of the data rank that has most.</summary>
    public int SequencesARank(UpdateLoad load) => (load.Sequences + Layout.Data - 1) / Layout.Data;
}
