using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Rewards;
using SeedOrleans.Engine.Rewards.Code.Sandboxing;

namespace SeedOrleans.Grains.Rewards;

/// <summary>What this silo judges responses with: one sandbox for all runs, opened when it is first asked for.</summary>
public sealed class SiloVerifiers : IDisposable
{
    private readonly Lazy<Task<Sandbox?>> _sandbox = new(OpenAsync);

    /// <returns>Whether programs that are not trusted can be run here.</returns>
    public async Task<bool> CanIsolateAsync() => await _sandbox.Value is not null;

    public async Task<ResponseVerifier> ForAsync(RewardSpec rewards) => new(await _sandbox.Value, rewards.PartialCredit);

    public void Dispose()
    {
        if (_sandbox is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: { } sandbox } })
            sandbox.Dispose();
    }

    private static async Task<Sandbox?> OpenAsync()
    {
        try
        {
            return await Sandbox.OpenAsync();
        }
        catch (SandboxMissingException)
        {
            return null;
        }
    }
}
