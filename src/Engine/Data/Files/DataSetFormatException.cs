using System.Collections.Immutable;

namespace SeedOrleans.Engine.Data.Files;

/// <summary>A data file that cannot be used, with its first twenty faults.</summary>
/// <param name="problems">Each names its line or row, and the column.</param>
public sealed class DataSetFormatException(string file, ImmutableArray<string> problems, string wayOut)
    : Exception($"{file}: {string.Join("; ", problems)}. To mend it, {wayOut}.")
{
    public string File { get; } = file;

    public ImmutableArray<string> Problems { get; } = problems;
}
