using System.Collections.Immutable;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;
using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Client.Cluster;

/// <summary>Speaks to the run and catalog grains, and says in our words when they do not answer.</summary>
/// <param name="patience">How long a question is asked again while nobody answers. Every question here may be asked twice.</param>
internal sealed class OrleansRunConnection(string address, ServiceProvider provider, TimeSpan patience, TimeProvider time) : IRunConnection
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly IGrainFactory _grains = provider.GetRequiredService<IGrainFactory>();

    private IRunCatalogGrain Catalog => _grains.GetGrain<IRunCatalogGrain>(IRunCatalogGrain.DefaultTenant);

    public Task<string> SubmitAsync(RunSpec spec, CancellationToken cancellationToken) =>
        AskAsync(SubmissionOf(spec, Guid.NewGuid().ToString("N"), cancellationToken), cancellationToken);

    public Task<ImmutableArray<RunSummary>> ListAsync(CancellationToken cancellationToken) =>
        AskAsync(() => Catalog.ListAsync(cancellationToken), cancellationToken);

    public Task<ImmutableArray<RunSummary>> FindAsync(string idOrPrefix, CancellationToken cancellationToken) =>
        AskAsync(() => Catalog.FindAsync(idOrPrefix, cancellationToken), cancellationToken);

    public Task<RunSummary> GetSummaryAsync(string runId, CancellationToken cancellationToken) =>
        AskAsync(() => Run(runId).GetSummaryAsync(cancellationToken), cancellationToken);

    public Task<RunSpec> GetSpecAsync(string runId, CancellationToken cancellationToken) =>
        AskAsync(() => Run(runId).GetSpecAsync(cancellationToken), cancellationToken);

    public Task<ImmutableArray<RunEvent>> ReadEventsAsync(string runId, long after, CancellationToken cancellationToken) =>
        AskAsync(() => Run(runId).ReadEventsAsync(after, cancellationToken), cancellationToken);

    public async Task StopAsync(string runId, CancellationToken cancellationToken) =>
        await AskAsync(() => DoneAsync(Run(runId).StopAsync(cancellationToken)), cancellationToken);

    // Leaving politely would wait for a silo that may be gone; the gateway notices a closed connection.
    public async ValueTask DisposeAsync() => await provider.DisposeAsync();

    private ITrainingRunGrain Run(string runId) => _grains.GetGrain<ITrainingRunGrain>(runId);

    private static async Task<bool> DoneAsync(Task task)
    {
        await task;
        return true;
    }

    private Func<Task<string>> SubmissionOf(RunSpec spec, string id, CancellationToken cancellationToken) =>
        () => Catalog.SubmitAsync(id, spec, cancellationToken);

    private async Task<TAnswer> AskAsync<TAnswer>(Func<Task<TAnswer>> question, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await question();
            }
            catch (Exception exception) when (exception is OrleansException or TimeoutException or SocketException or ObjectDisposedException)
            {
                if (time.GetElapsedTime(begun) >= patience)
                    throw new ClusterUnreachableException(address, exception.Message.TrimEnd('.'), exception);
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }
}
