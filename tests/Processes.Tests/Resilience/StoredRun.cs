using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Streams;
using SeedOrleans.Engine.Ledgers;
using SeedOrleans.Engine.Storage;
using SeedOrleans.Engine.Storage.LocalFolder;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.GrainInterfaces.Rollout;
using SeedOrleans.Grains.Rollout;
using SeedOrleans.Grains.Runs;
using SeedOrleans.Providers.Streams;
using SeedOrleans.Silo;
using Xunit.Sdk;

namespace SeedOrleans.Processes.Tests.Resilience;

/// <summary>A run as its store tells of it, whoever lives or is dead.</summary>
internal sealed class StoredRun
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4), Look = TimeSpan.FromMilliseconds(10);

    private readonly RunStore _runs;
    private readonly RunAudit _audit;

    public StoredRun(string store, string runId)
    {
        var blobs = new LocalFolderStore(store);
        var services = new ServiceCollection().AddSerializer().AddSingleton<IBlobStore>(blobs)
            .Configure<ClusterOptions>(options => options.ClusterId = SeedSilo.ClusterId).BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        (_runs, Id) = (new RunStore(blobs, serializer), runId);
        _audit = new RunAudit(_runs, new Log(LogStreamReader.Of(services, StreamNames.Provider)), serializer);
    }

    public string Id { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The only run in a store.</summary>
    public static StoredRun Only(string store) => new(store, Path.GetFileName(Directory.GetDirectories(Path.Combine(store, "runs")).Single()));

    public Task<LedgerHead> HeadAsync() => _runs.Ledger(Id).ReadHeadAsync(Cancellation);

    public Task<RunPlaces?> PlacesAsync() => _runs.FindPlacesAsync(Id, Cancellation);

    /// <returns>What is wrong, a sentence each.</returns>
    public Task<IReadOnlyList<string>> AuditAsync() => _audit.FindAsync(Id, Cancellation);

    /// <summary>Waits until a step is committed.</summary>
    public Task<LedgerHead> UntilStepAsync(int step) => UntilAsync($"step {step}", head => head.Step >= step);

    /// <summary>Waits until somebody leads the run in an epoch.</summary>
    public Task<LedgerHead> UntilEpochAsync(long epoch) => UntilAsync($"epoch {epoch}", head => head.Epoch >= epoch);

    public Task<LedgerHead> UntilEndAsync() => UntilAsync("its end", head => head.Ending is not null);

    /// <summary>Expects that two runs did the same, to the bit, whatever ended them.</summary>
    public static void AssertSame(LedgerHead expected, LedgerHead actual) => Assert.Equal(
        (expected.Step, expected.WeightsHash, expected.Chain, expected.Consumed, expected.Dropped),
        (actual.Step, actual.WeightsHash, actual.Chain, actual.Consumed, actual.Dropped));

    private async Task<LedgerHead> UntilAsync(string what, Func<LedgerHead, bool> isIt)
    {
        var end = DateTime.UtcNow + Deadline;
        while (true)
        {
            var head = await HeadAsync();
            if (isIt(head))
                return head;

            if (head.Ending is { } ending)
                throw new XunitException($"Run {Id} ended ({ending.Status} at step {head.Step}: {ending.Error}) before {what}.");

            if (DateTime.UtcNow > end)
                throw new XunitException($"Run {Id} is at {head} and was to reach {what} within {Deadline}.");

            await Task.Delay(Look, Cancellation);
        }
    }

    private sealed class Log(LogStreamReader reader) : IScoredLog
    {
        public IAsyncEnumerable<ScoredBatch> ReadAsync(string runId, long start, CancellationToken cancellationToken) =>
            reader.ReadAsync<ScoredBatch>(StreamId.Create(StreamNames.Scored, runId), start, cancellationToken);

        public Task<long> FindStartAsync(string runId, CancellationToken cancellationToken) =>
            reader.FindStartAsync(StreamId.Create(StreamNames.Scored, runId), cancellationToken);

        public long PlaceOf(StreamSequenceToken token) => LogStreamReader.PlaceOf(token);

        public Task HoldAsync(string runId, long place, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task ReleaseAsync(string runId, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
