using System.Collections.Immutable;
using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.Engine.Algorithms;

/// <summary>Makes one mini-batch of worked solutions, to be imitated token by token.</summary>
/// <remarks>Every response token weighs 1 / Σ|o_i| over the whole mini-batch; prompt tokens are not learned.</remarks>
public static class SupervisedBatch
{
    /// <returns>Sequences in the order given, without those that have no response tokens.</returns>
    public static ImmutableArray<TrainingSequence> Assemble(
        IReadOnlyList<(ImmutableArray<int> Prompt, ImmutableArray<int> Response)> solutions)
    {
        var tokens = solutions.Sum(solution => (long)solution.Response.Length);

        return [.. solutions.Where(solution => !solution.Response.IsEmpty).Select(solution => new TrainingSequence
        {
            PromptTokens = solution.Prompt,
            ResponseTokens = solution.Response,
            TokenWeight = 1.0 / tokens,
        })];
    }
}
