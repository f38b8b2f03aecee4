using System.Collections.Immutable;
using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.Engine.Data;

/// <summary>The prompts of a run's training or evaluation, in the order of its sources.</summary>
/// <param name="Demonstrations">For those prompts that have a worked solution.</param>
/// <param name="Pools">In the order of the sources, then of their difficulties; together they hold every prompt once.</param>
public sealed record PromptSet(ImmutableArray<Prompt> Prompts, ImmutableArray<Demonstration> Demonstrations, ImmutableArray<PromptPool> Pools);
