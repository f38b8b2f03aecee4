namespace SeedOrleans.Engine.Data.Mixtures;

/// <summary>Where the prompt of a place comes from.</summary>
/// <param name="Source">Its place in the mixture.</param>
/// <param name="Level">Difficulty.</param>
/// <param name="Cursor">Place in the endless order of the source's prompts of that difficulty.</param>
public readonly record struct MixtureDraw(int Source, int Level, long Cursor);
