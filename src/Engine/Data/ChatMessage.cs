namespace SeedOrleans.Engine.Data;

/// <param name="Role">system, user or assistant.</param>
public sealed record ChatMessage(string Role, string Content);
