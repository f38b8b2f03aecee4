using System.Collections.Immutable;
using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.Grains.Rollout;

/// <summary>How far a response had come when it was last noted.</summary>
internal sealed record PartialResponse(ImmutableArray<int> Tokens, ImmutableArray<float> LogProbs)
{
    public static readonly PartialResponse Empty = new([], []);

    /// <summary>Adds what was noted later. Several lives of a worker may have noted the same tokens, and a gap ends what can be used.</summary>
    public PartialResponse With(ResponseProgress progress)
    {
        var known = Tokens.Length - progress.Start;
        return known < 0 || known >= progress.Tokens.Length
            ? this
            : new PartialResponse([.. Tokens, .. progress.Tokens[known..]], [.. LogProbs, .. progress.LogProbs[known..]]);
    }
}
