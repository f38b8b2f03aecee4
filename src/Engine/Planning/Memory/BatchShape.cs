using SeedOrleans.Engine.Parallelism;

namespace SeedOrleans.Engine.Planning.Memory;

/// <summary>A micro-batch in numbers, as one context rank sees it.</summary>
/// <param name="Tokens">That the rank feeds.</param>
/// <param name="Targets">Response tokens that it predicts.</param>
/// <param name="Longest">Tokens that it feeds of any sequence.</param>
/// <param name="AllTokens">That all context ranks feed.</param>
/// <param name="WholeLongest">Tokens of any sequence on all context ranks.</param>
public sealed record BatchShape(int Sequences, long Tokens, long Targets, int Longest, long AllTokens, int WholeLongest)
{
    /// <param name="promptTokens">Of each sequence.</param>
    /// <param name="responseTokens">By sequence.</param>
    /// <param name="contexts">Context ranks; the first of them is looked at.</param>
    public static BatchShape Of(int promptTokens, IReadOnlyList<int> responseTokens, int contexts)
    {
        // The last token predicts nothing, so it is not fed.
        int[][] fed = [.. responseTokens.Select(tokens => ZigZag.Positions(promptTokens + tokens - 1, 0, contexts).ToArray())];
        return new BatchShape(
            responseTokens.Count, fed.Sum(positions => (long)positions.Length), fed.Sum(positions => (long)positions.Count(place => place >= promptTokens - 1)),
            fed.Select(positions => positions.Length).DefaultIfEmpty().Max(),
            responseTokens.Sum(tokens => (long)promptTokens + tokens - 1),
            responseTokens.Select(tokens => promptTokens + tokens - 1).DefaultIfEmpty().Max());
    }

    /// <summary>Places in the grid that attention computes over.</summary>
    public long Grid => (long)Sequences * Longest;

    public long WholeGrid => (long)Sequences * WholeLongest;
}
