using SeedOrleans.Engine.Rewards.Code;
using SeedOrleans.Engine.Rewards.Code.Sandboxing;

namespace SeedOrleans.Engine.Tests.Rewards.Code;

/// <summary>This machine's sandbox, which the tests of a class share.</summary>
public class SandboxFixture : IAsyncLifetime
{
    public Sandbox Sandbox { get; private set; } = null!;

    public CodeVerifier Verifier => new(Sandbox);

    /// <summary>No more than a small program needs, so that what runs wild is stopped soon.</summary>
    public static SandboxLimits Tight { get; } = new(TimeSpan.FromSeconds(2), 160 << 20, 16, 64 << 10);

    /// <summary>Null takes the machine's best.</summary>
    protected virtual SandboxMode? Mode => null;

    public async ValueTask InitializeAsync() => Sandbox = await Sandbox.OpenAsync(mode: Mode);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Sandbox.Dispose();
        return ValueTask.CompletedTask;
    }

    public async Task<CodeJudgement> JudgeAsync(CodeProblem problem, string program) =>
        await Verifier.JudgeAsync(problem, $"<think>```python\nprint(1)\n```</think>Here it is:\n```\n{program}\n```\n", TestContext.Current.CancellationToken);
}
