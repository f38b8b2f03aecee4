namespace SeedOrleans.Client.DataTools;

/// <param name="Tokens">The end of text included.</param>
/// <param name="HasEnded">False where it ran out of tokens.</param>
internal sealed record SampledText(string Text, int Tokens, bool HasEnded);
