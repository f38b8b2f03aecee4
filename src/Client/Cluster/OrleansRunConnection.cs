using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;
using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Client.Cluster;

/// <summary>Speaks to the grains of runs.</summary>
internal sealed class OrleansRunConnection(ServiceProvider provider, ClusterQuestions questions) : IRunConnection
{
    private readonly IGrainFactory _grains = provider.GetRequiredService<IGrainFactory>();

    private IRunCatalogGrain Catalog => _grains.GetGrain<IRunCatalogGrain>(IRunCatalogGrain.DefaultTenant);

    public Task<string> SubmitAsync(RunSpec spec, CancellationToken cancellationToken)
    {
        var id = NewId();
        return questions.AskAsync(token => Catalog.SubmitAsync(id, spec, token), cancellationToken);
    }

    public Task<string> ForkAsync(string runId, int step, RunSpec spec, CancellationToken cancellationToken)
    {
        var id = NewId();
        return questions.AskAsync(token => Catalog.ForkAsync(id, runId, step, spec, token), cancellationToken);
    }

    public Task<ImmutableArray<RunSummary>> ListAsync(CancellationToken cancellationToken) =>
        questions.AskAsync(Catalog.ListAsync, cancellationToken);

    public Task<ImmutableArray<RunSummary>> FindAsync(string idOrPrefix, CancellationToken cancellationToken) =>
        questions.AskAsync(token => Catalog.FindAsync(idOrPrefix, token), cancellationToken);

    public Task<RunSummary> GetSummaryAsync(string runId, CancellationToken cancellationToken) =>
        questions.AskQuicklyAsync(Run(runId).GetSummaryAsync, cancellationToken);

    public Task<RunSpec> GetSpecAsync(string runId, CancellationToken cancellationToken) =>
        questions.AskQuicklyAsync(Run(runId).GetSpecAsync, cancellationToken);

    public Task<ImmutableArray<RunEvent>> ReadEventsAsync(string runId, long after, CancellationToken cancellationToken) =>
        questions.AskQuicklyAsync(token => Run(runId).ReadEventsAsync(after, token), cancellationToken);

    public Task StopAsync(string runId, CancellationToken cancellationToken) =>
        questions.TellAsync(Run(runId).StopAsync, cancellationToken);

    public async Task ResumeAsync(string runId, int? step, LayoutSpec? layout, CancellationToken cancellationToken)
    {
        var isRepeated = false;
        await questions.TellAsync(
            async token =>
            {
                try
                {
                    await Run(runId).ResumeAsync(step, layout, token);
                }
                catch (RunRefusedException) when (isRepeated)
                {
                    // A running run is refused; it may be running because the order before this one arrived.
                    if ((await Run(runId).GetSummaryAsync(token)).IsFinished())
                        throw;
                }
                finally
                {
                    isRepeated = true;
                }
            },
            cancellationToken);
    }

    public IRunCheckpoints Checkpoints(string runId) =>
        new OrleansRunCheckpoints(_grains.GetGrain<ICheckpointsGrain>(runId), questions);

    public async Task<IRunReplay> ReplayAsync(string runId, ReplayOrder order, CancellationToken cancellationToken)
    {
        var replay = _grains.GetGrain<IReplayGrain>($"{runId}/{NewId()}");
        await questions.TellAsync(token => replay.StartAsync(order, token), cancellationToken);
        return new OrleansRunReplay(replay, questions);
    }

    // Leaving politely would wait for a silo that may be gone; the gateway notices a closed connection.
    public async ValueTask DisposeAsync() => await provider.DisposeAsync();

    private ITrainingRunGrain Run(string runId) => _grains.GetGrain<ITrainingRunGrain>(runId);

    private static string NewId() => Guid.NewGuid().ToString("N");
}
