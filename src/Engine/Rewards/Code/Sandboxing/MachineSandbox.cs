namespace SeedOrleans.Engine.Rewards.Code.Sandboxing;

/// <summary>This machine's sandbox, opened when it is first asked for.</summary>
public sealed class MachineSandbox : IDisposable
{
    private readonly Lazy<Task<Sandbox?>> _sandbox;

    public MachineSandbox() => _sandbox = new Lazy<Task<Sandbox?>>(OpenAsync);

    /// <summary>Why there is none, once that was found; empty where there is one.</summary>
    public string Problem { get; private set; } = "";

    /// <returns>Null where there is none: JavaScript needs none, and everything else is refused when it is to run.</returns>
    public Task<Sandbox?> GetAsync() => _sandbox.Value;

    /// <summary>Ends what only waits for programs; whoever asks for the sandbox next finds it ready all the same.</summary>
    public void Rest() => Opened?.Rest();

    public void Dispose() => Opened?.Dispose();

    private Sandbox? Opened => _sandbox.IsValueCreated && _sandbox.Value is { IsCompletedSuccessfully: true, Result: { } sandbox } ? sandbox : null;

    private async Task<Sandbox?> OpenAsync()
    {
        try
        {
            return await Sandbox.OpenAsync();
        }
        catch (Exception failure) // Whatever it is, programs are not judged here, and everything else is.
        {
            Problem = failure.Message;
            return null;
        }
    }
}
