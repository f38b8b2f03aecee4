using SeedOrleans.Domain.Runs;
using SeedOrleans.Engine.Ledgers;

namespace SeedOrleans.Processes.Tests.Resilience;

/// <summary>A run that goes on until a test has seen enough, and is then held against one of as many steps that nobody touched.</summary>
internal sealed class EndlessRun : IDisposable
{
    private const int Never = 1_000_000;

    private readonly TemporaryFolder _files = new(), _undisturbed = new();
    private readonly string _spec;
    private string _store = "";
    private StoredRun? _run;

    public EndlessRun() => _spec = TinySpecFile.Write(_files, Never);

    /// <summary>Where its ranks are to be laid out otherwise than the spec says: overrides, for it and for the run that it is held against.</summary>
    public string[] Layout { get; init; } = [];

    public StoredRun Run => _run ?? throw new InvalidOperationException("The run was not submitted yet.");

    /// <param name="store">Of a cluster that lives.</param>
    public async Task<StoredRun> SubmitAsync(string store)
    {
        _store = store;
        return _run = new StoredRun(store, await LocalSilos.SubmitAsync(store, _spec, Layout));
    }

    /// <summary>Stops the run, runs as many steps in a silo that nobody disturbs, and expects the same bits and a clean audit.</summary>
    /// <returns>How the disturbed run stands at its end.</returns>
    public async Task<LedgerHead> EndAsUndisturbedAsync()
    {
        await LocalSilos.SeedAsync("stop", Run.Id, "--storage", _store);
        var actual = await Run.UntilEndAsync();
        await LocalSilos.SeedAsync(["run", _spec, $"training.steps={actual.Step}", .. Layout, "--data", _undisturbed.Path]);
        var expected = await StoredRun.Only(Path.Combine(_undisturbed.Path, "store")).HeadAsync();
        Assert.Equal((RunStatus.Succeeded, RunStatus.Stopped), (expected.Ending?.Status, actual.Ending?.Status));
        StoredRun.AssertSame(expected, actual);
        Assert.Empty(await Run.AuditAsync());
        return actual;
    }

    public void Dispose()
    {
        _files.Dispose();
        _undisturbed.Dispose();
    }
}
