namespace SeedOrleans.Engine.Rewards.Code;

/// <summary>What a program reads, and what it should then write.</summary>
public sealed record CodeTest(string Input, string Expected);
