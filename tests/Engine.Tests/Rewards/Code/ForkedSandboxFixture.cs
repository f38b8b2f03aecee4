using SeedOrleans.Engine.Rewards.Code.Sandboxing;

namespace SeedOrleans.Engine.Tests.Rewards.Code;

/// <summary>Needs namespaces within namespaces.</summary>
public sealed class ForkedSandboxFixture : SandboxFixture
{
    protected override SandboxMode? Mode => SandboxMode.Forked;
}
