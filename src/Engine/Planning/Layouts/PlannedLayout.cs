using SeedOrleans.Engine.Planning.Memory;

namespace SeedOrleans.Engine.Planning.Layouts;

/// <summary>A candidate, and what is to be expected of it.</summary>
/// <param name="Memory">Of the rank that needs most.</param>
/// <param name="Time">Of an update.</param>
public sealed record PlannedLayout(LayoutCandidate Candidate, MemoryEstimate Memory, TimeEstimate Time);
