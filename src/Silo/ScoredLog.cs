using Orleans.Streams;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.GrainInterfaces.Rollout;
using SeedOrleans.Grains.Rollout;
using SeedOrleans.Providers.Streams;

namespace SeedOrleans.Silo;

/// <summary>The judged responses in the log of the trajectory streams.</summary>
internal sealed class ScoredLog(IServiceProvider services) : IScoredLog
{
    private readonly LogStreamReader _reader = LogStreamReader.Of(services, StreamNames.Provider);

    public IAsyncEnumerable<ScoredBatch> ReadAsync(string runId, long start, CancellationToken cancellationToken) =>
        _reader.ReadAsync<ScoredBatch>(StreamId.Create(StreamNames.Scored, runId), start, cancellationToken);

    public long PlaceOf(StreamSequenceToken token) => LogStreamReader.PlaceOf(token);
}
