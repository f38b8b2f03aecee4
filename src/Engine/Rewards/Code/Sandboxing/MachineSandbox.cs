namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>This machine's sandbox, opened when it is first asked for.</summary>
public sealed class MachineSandbox : IDisposable
{
    private readonly Lazy<Task<Sandbox?>> _sandbox = new(OpenAsync);

    /// <returns>Null where there is none: JavaScript needs none, and everything else is refused when it is to run.</returns>
    public Task<Sandbox?> GetAsync() => _sandbox.Value;

    public void Dispose()
    {
        if (_sandbox.IsValueCreated && _sandbox.Value is { IsCompletedSuccessfully: true, Result: { } sandbox })
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
