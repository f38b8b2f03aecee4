namespace SeedOrleans.Client.Local;

/// <summary>A sequence to score.</summary>
/// <param name="Place">For messages: <c>file:line</c>.</param>
/// <param name="Id">A JSON string or number, as it was written.</param>
internal sealed record TokenLine(string Place, string Id, int[] Tokens);
