namespace SeedOrleans.Engine.Data.Cleaning;

/// <summary>Another question that one is the same as, or too much like.</summary>
/// <param name="Place">Of the other, in the order in which they were added.</param>
/// <param name="Similarity">Jaccard's, of near duplicates; 1 of exact ones; null of shared words.</param>
/// <param name="Shared">The words in a row that both have; null unless these told.</param>
public sealed record QuestionMatch(MatchKind Kind, int Place, double? Similarity = null, string? Shared = null);
