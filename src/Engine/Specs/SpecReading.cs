using System.Collections.Immutable;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Specs;

/// <summary>A run's spec, or everything that is wrong with it.</summary>
/// <param name="Spec">Null where there is any error; its paths are absolute.</param>
/// <param name="Errors">In the order of the file's lines, then of the command line.</param>
public sealed record SpecReading(RunSpec? Spec, ImmutableArray<SpecError> Errors);
