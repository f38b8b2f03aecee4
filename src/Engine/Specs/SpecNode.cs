namespace SeedOrleans.Engine.Specs;

/// <summary>A piece of a spec as written: a scalar, a list or a section.</summary>
internal abstract record SpecNode(SpecPlace Place);

/// <summary>A single value; numbers stay the text that was written.</summary>
internal sealed record SpecScalar(SpecPlace Place, string Text, ScalarKind Kind) : SpecNode(Place);

internal sealed record SpecList(SpecPlace Place, List<SpecNode> Items) : SpecNode(Place);

/// <summary>Keys and their values, in the order of the file.</summary>
internal sealed record SpecSection(SpecPlace Place, OrderedDictionary<string, SpecEntry> Entries) : SpecNode(Place);

/// <param name="Place">Of the key.</param>
internal sealed record SpecEntry(SpecPlace Place, SpecNode Value);
