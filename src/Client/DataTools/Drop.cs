namespace SeedOrleans.Client.DataTools;

/// <summary>A row that goes, and why.</summary>
/// <param name="Row">As the file counts.</param>
/// <param name="Detail">In words; may quote the row.</param>
/// <param name="Of"><c>FILE:ROW</c> of the other one; null where the row alone is the reason.</param>
internal sealed record Drop(int Row, string Rule, string Detail, string? Of = null);
