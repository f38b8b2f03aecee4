namespace SeedOrleans.Engine.Data;

/// <summary>A data section that gives a run nothing to work with.</summary>
public sealed class EmptyDataException(string problem)
    : Exception($"{problem}; add a source under data.train, or look at the file it names.");
