namespace SeedOrleans.Engine.Tests.Rewards.Code;

/// <summary>Each program has a bubblewrap of its own.</summary>
public sealed class SingleEscapeTests(SingleSandboxFixture fixture) : EscapeTests(fixture), IClassFixture<SingleSandboxFixture>;
