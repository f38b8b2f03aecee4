using Microsoft.Extensions.Logging;
using Orleans.Serialization;
using Orleans.Streams;

namespace SeedOrleans.Providers.Streams;

/// <summary>Publishing is appending: an event is durable when its publisher is told so.</summary>
internal sealed class LogQueueAdapter(
    string name, StreamLogs logs, IStreamQueueMapper mapper, Serializer<LogBatch> serializer, LogStreamOptions options, TimeProvider time,
    ILoggerFactory loggers) : IQueueAdapter
{
    private readonly PartitionAppender _appender = new(logs, time);

    public string Name => name;

    public bool IsRewindable => false;

    public StreamProviderDirection Direction => StreamProviderDirection.ReadWrite;

    public Task QueueMessageBatchAsync<T>(
        StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext)
    {
        var batch = new LogBatch { StreamId = streamId, Events = [.. events.Select(happened => (object)happened!)], RequestContext = requestContext };
        return _appender.AppendAsync(mapper.GetQueueForStream(streamId).GetNumericId(), serializer.SerializeToArray(batch), CancellationToken.None);
    }

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) =>
        new LogQueueReceiver(queueId.GetNumericId(), logs, serializer, options, time, loggers.CreateLogger<LogQueueReceiver>());
}
