using SeedOrleans.Engine.Rewards.Code.Sandboxing;

namespace SeedOrleans.Engine.Tests.Rewards.Code;

public sealed class SingleSandboxFixture : SandboxFixture
{
    protected override SandboxMode? Mode => SandboxMode.Single;
}
