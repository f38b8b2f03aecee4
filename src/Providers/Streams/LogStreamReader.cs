using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Streams;
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Providers.Streams;

/// <summary>Reads a stream's events straight from the log, whether they were delivered or not.</summary>
public sealed class LogStreamReader
{
    private readonly StreamLogs _logs;
    private readonly IStreamQueueMapper _mapper;
    private readonly Serializer<LogBatch> _serializer;

    private LogStreamReader(StreamLogs logs, IStreamQueueMapper mapper, Serializer<LogBatch> serializer) =>
        (_logs, _mapper, _serializer) = (logs, mapper, serializer);

    /// <param name="name">Of the stream provider.</param>
    public static LogStreamReader Of(IServiceProvider services, string name) => new(
        new StreamLogs(services.GetRequiredService<IBlobStore>(), LogQueueAdapterFactory.FolderOf(services, name)),
        LogQueueAdapterFactory.MapperOf(services.GetOptionsByName<LogStreamOptions>(name), name),
        services.GetRequiredService<Serializer<LogBatch>>());

    /// <summary>The events of a stream up to the end of the log as it is, in its order. What a <see cref="LogTrimmer"/> removed is not among them.</summary>
    /// <param name="start">A place that <see cref="PlaceOf"/> gave; 0 is the beginning.</param>
    public async IAsyncEnumerable<T> ReadAsync<T>(StreamId stream, long start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var partition = _mapper.GetQueueForStream(stream).GetNumericId();
        var log = _logs.Log(partition);
        var first = await _logs.Start(partition).ReadAsync(cancellationToken);
        for (var segment = Math.Max(first, start); await log.ReadAsync(segment, cancellationToken) is { } read; segment++)
            foreach (var record in read.Records)
                if (_serializer.Deserialize(record) is { } batch && batch.StreamId.Equals(stream))
                    foreach (var happened in batch.Events.OfType<T>())
                        yield return happened;
    }

    /// <returns>The first place that is there for sure: what stands before it was removed, or will be.</returns>
    public Task<long> FindStartAsync(StreamId stream, CancellationToken cancellationToken) =>
        _logs.Start(_mapper.GetQueueForStream(stream).GetNumericId()).ReadAsync(cancellationToken);

    /// <returns>Where in the log an event stands that the stream delivered.</returns>
    public static long PlaceOf(StreamSequenceToken token) => LogBatch.SegmentOf(token);
}
