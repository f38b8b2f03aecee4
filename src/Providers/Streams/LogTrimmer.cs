using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Providers.Streams;

/// <summary>Removes the beginning of the log that nobody reads any more: what consumers have finished and no holder asks for.</summary>
/// <remarks>
/// <para>A holder must hold a stream before it publishes the first event that it may want to read again. A trimmer reads the cursor first
/// and the holds then, so the events of a holder that it does not see lie behind the cursor that it saw.</para>
/// <para>A number whose segment is removed could be taken again by a writer that slept meanwhile, behind the back of every reader. So
/// <c>start</c> says first what will be removed, writers compare what they wrote with it (<see cref="PartitionAppender"/>), and the removal comes only when
/// every writer that did not know the mark must have read it.</para>
/// </remarks>
public sealed class LogTrimmer
{
    /// <summary>Much longer than <see cref="PartitionAppender.Freshness"/>.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    private readonly StreamLogs _logs;
    private readonly IStreamQueueMapper _mapper;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<uint, (long Start, long SeenAt)> _announced = [];

    internal LogTrimmer(StreamLogs logs, IStreamQueueMapper mapper, TimeProvider time) => (_logs, _mapper, _time) = (logs, mapper, time);

    /// <param name="name">Of the stream provider.</param>
    public static LogTrimmer Of(IServiceProvider services, string name) => new(
        new StreamLogs(services.GetRequiredService<IBlobStore>(), LogQueueAdapterFactory.FolderOf(services, name)),
        LogQueueAdapterFactory.MapperOf(services.GetOptionsByName<LogStreamOptions>(name), name),
        services.GetService<TimeProvider>() ?? TimeProvider.System);

    /// <summary>Keeps a stream's events from <paramref name="place"/> on, also when they have been delivered. Durable; a place before the one held already changes nothing.</summary>
    /// <param name="place">As <see cref="LogStreamReader.PlaceOf"/> gives it; 0 is for who holds nothing yet, and keeps all that is published from now on.</param>
    public async Task HoldAsync(StreamId stream, string holder, long place, CancellationToken cancellationToken)
    {
        var partition = PartitionOf(stream);
        var hold = _logs.Hold(partition, holder);
        await (place > 0
            ? hold.AdvanceAsync(place, cancellationToken)
            : hold.BeginAsync(await _logs.Cursor(partition).ReadAsync(cancellationToken), cancellationToken));
    }

    /// <summary>The holder will not read the stream again.</summary>
    public Task ReleaseAsync(StreamId stream, string holder, CancellationToken cancellationToken) =>
        _logs.Hold(PartitionOf(stream), holder).DeleteAsync(cancellationToken);

    /// <summary>Announces what nobody needs, in every partition, and removes what was announced long enough ago.</summary>
    public Task TrimAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_mapper.GetAllQueues().Select(queue => TrimAsync(queue.GetNumericId(), cancellationToken)));

    private async Task TrimAsync(uint partition, CancellationToken cancellationToken)
    {
        var needed = await _logs.Cursor(partition).ReadAsync(cancellationToken);
        await foreach (var hold in _logs.HoldsAsync(partition, cancellationToken))
            needed = Math.Min(needed, await hold.ReadAsync(cancellationToken));

        if (_announced.TryGetValue(partition, out var announced) && _time.GetElapsedTime(announced.SeenAt) < Grace)
            return;

        if (announced.Start > StreamMark.Beginning)
            await _logs.Log(partition).TrimAsync(announced.Start, cancellationToken);

        await _logs.Start(partition).AdvanceAsync(needed, cancellationToken);
        _announced[partition] = (await _logs.Start(partition).ReadAsync(cancellationToken), _time.GetTimestamp());
    }

    private uint PartitionOf(StreamId stream) => _mapper.GetQueueForStream(stream).GetNumericId();
}
