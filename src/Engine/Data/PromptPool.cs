namespace SeedOrleans.Engine.Data;

/// <summary>The prompts of one source and difficulty, which stand together in their set.</summary>
/// <param name="Name">Unique in the set, such as <c>addition-3</c>.</param>
/// <param name="First">Place of the first one.</param>
/// <param name="Demonstrations">How many have a worked solution.</param>
public sealed record PromptPool(string Name, int First, int Count, int Demonstrations);
