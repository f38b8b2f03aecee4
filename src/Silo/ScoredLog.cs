using Orleans.Streams;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.GrainInterfaces.Rollout;
using SeedOrleans.Grains.Rollout;
using SeedOrleans.Providers.Streams;

namespace SeedOrleans.Silo;

/// <summary>The judged responses in the log of the trajectory streams. Whoever lets go of some also trims the log.</summary>
internal sealed class ScoredLog(IServiceProvider services) : IScoredLog
{
    private readonly LogStreamReader _reader = LogStreamReader.Of(services, StreamNames.Provider);
    private readonly LogTrimmer _trimmer = LogTrimmer.Of(services, StreamNames.Provider);

    public IAsyncEnumerable<ScoredBatch> ReadAsync(string runId, long start, CancellationToken cancellationToken) =>
        _reader.ReadAsync<ScoredBatch>(StreamOf(runId), start, cancellationToken);

    public long PlaceOf(StreamSequenceToken token) => LogStreamReader.PlaceOf(token);

    public Task<long> FindStartAsync(string runId, CancellationToken cancellationToken) => _reader.FindStartAsync(StreamOf(runId), cancellationToken);

    public async Task HoldAsync(string runId, long place, CancellationToken cancellationToken)
    {
        await _trimmer.HoldAsync(StreamOf(runId), runId, place, cancellationToken);
        await _trimmer.TrimAsync(cancellationToken);
    }

    public async Task ReleaseAsync(string runId, CancellationToken cancellationToken)
    {
        await _trimmer.ReleaseAsync(StreamOf(runId), runId, cancellationToken);
        await _trimmer.TrimAsync(cancellationToken);
    }

    private static StreamId StreamOf(string runId) => StreamId.Create(StreamNames.Scored, runId);
}
