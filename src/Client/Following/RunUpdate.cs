using System.Collections.Immutable;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Following;

/// <summary>What is new about a run since the last look.</summary>
internal sealed record RunUpdate(RunSummary Summary, ImmutableArray<RunEvent> Events);
