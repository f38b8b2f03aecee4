namespace SeedOrleans.Engine.Data.Tasks.Puzzles;

/// <summary>Characters that many tasks are written in.</summary>
internal static class Symbols
{
    public const string Digits = "0123456789";
    public const string Letters = "abcdefghijklmnopqrstuvwxyz";
}
