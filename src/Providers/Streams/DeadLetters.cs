using Microsoft.Extensions.Logging;
using Orleans.Streams;
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Providers.Streams;

/// <summary>Remembers which event a consumer could not take, for a person to look into; the event itself stays in the log.</summary>
internal sealed partial class DeadLetters(IBlobStore store, string folder, ILogger<DeadLetters> logger) : IStreamFailureHandler
{
    public bool ShouldFaultSubsriptionOnError => false;

    public Task OnDeliveryFailure(GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken) =>
        BuryAsync(streamIdentity, sequenceToken);

    public Task OnSubscriptionFailure(GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken) =>
        BuryAsync(streamIdentity, sequenceToken);

    private async Task BuryAsync(StreamId stream, StreamSequenceToken? token)
    {
        LogBuried(logger, stream, token);
        await store.TryCreateAsync(
            $"{folder}/dead/{BlobName.Segment(stream.ToString())}/{token?.SequenceNumber ?? 0}", Array.Empty<byte>(),
            CancellationToken.None);
    }

    [LoggerMessage(LogLevel.Error, "Event {Token} of stream {Stream} could not be delivered and is passed over; it stays in the log")]
    private static partial void LogBuried(ILogger logger, StreamId stream, StreamSequenceToken? token);
}
