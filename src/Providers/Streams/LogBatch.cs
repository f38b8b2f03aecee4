using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace SeedOrleans.Providers.Streams;

/// <summary>The events of one publication, and where in the log they stand.</summary>
[GenerateSerializer, Alias("seed.log-batch")]
internal sealed class LogBatch : IBatchContainer
{
    private const int RecordBits = 20;

    [Id(0)] public required StreamId StreamId { get; init; }

    [Id(1)] public required List<object> Events { get; init; }

    [Id(2)] public Dictionary<string, object>? RequestContext { get; init; }

    /// <summary>Not in the log: the place is the name.</summary>
    [Id(3)] public EventSequenceTokenV2? Place { get; private set; }

    /// <summary>Of the record in the log.</summary>
    [field: NonSerialized] public long Bytes { get; private set; }

    /// <summary>The segment of the log that holds it.</summary>
    [field: NonSerialized] public long Segment { get; private set; }

    public StreamSequenceToken SequenceToken => Place!;

    public LogBatch At(long segment, int record, int bytes)
    {
        (Place, Segment, Bytes) = (new EventSequenceTokenV2((segment << RecordBits) + record), segment, bytes);
        return this;
    }

    /// <returns>The segment that a token of ours names.</returns>
    public static long SegmentOf(StreamSequenceToken token) => token.SequenceNumber >> RecordBits;

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() =>
        Events.OfType<T>().Select((happened, index) => Tuple.Create<T, StreamSequenceToken>(happened, Place!.CreateSequenceTokenForEvent(index)));

    public bool ImportRequestContext()
    {
        if (RequestContext is null)
            return false;

        RequestContextExtensions.Import(RequestContext);
        return true;
    }
}
