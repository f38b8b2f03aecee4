using SeedOrleans.Engine.Parallelism;

namespace SeedOrleans.Engine.Planning.Memory;

/// <summary>A micro-batch in numbers, as one context rank sees it.</summary>
/// <param name="Tokens">That the rank feeds.</param>
/// <param name="Targets">Response tokens that it predicts.</param>
/// <param name="Lengths">Different lengths, each of which attention computes with by itself.</param>
/// <param name="AllTokens">That all context ranks feed.</param>
/// <param name="Pairs">A query of this rank and a key of any, in one sequence.</param>
/// <param name="Masked">Of the pairs, those in the first sequence of each length, which share a mask with the others'.</param>
public sealed record BatchShape(long Tokens, long Targets, int Lengths, long AllTokens, long Pairs, long Masked)
{
    /// <param name="promptTokens">Of each sequence.</param>
    /// <param name="responseTokens">By sequence.</param>
    /// <param name="contexts">Context ranks; the first of them is looked at.</param>
    public static BatchShape Of(int promptTokens, IReadOnlyList<int> responseTokens, int contexts)
    {
        // The last token predicts nothing, so it is not fed.
        int[] fed = [.. responseTokens.Select(tokens => promptTokens + tokens - 1)];
        int[][] mine = [.. fed.Select(tokens => ZigZag.Positions(tokens, 0, contexts).ToArray())];
        (int Length, long Pairs)[] pairs = [.. fed.Zip(mine, (tokens, positions) => (tokens, (long)tokens * positions.Length))];
        return new BatchShape(
            mine.Sum(positions => (long)positions.Length), mine.Sum(positions => (long)positions.Count(place => place >= promptTokens - 1)),
            fed.Distinct().Count(), fed.Sum(tokens => (long)tokens),
            pairs.Sum(sequence => sequence.Pairs), pairs.Distinct().Sum(length => length.Pairs));
    }
}
