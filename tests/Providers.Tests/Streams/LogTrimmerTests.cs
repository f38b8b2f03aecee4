using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Streams;
using SeedOrleans.Providers.Streams;

namespace SeedOrleans.Providers.Tests.Streams;

/// <summary>A log of one partition; every event is a segment of its own.</summary>
public sealed class LogTrimmerTests : IDisposable
{
    private const uint Partition = 0;

    private static readonly StreamId Stream = StreamId.Create("scored", "run");

    private readonly TemporaryStore _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly HashRingBasedStreamQueueMapper _mapper = new(new HashRingStreamQueueMapperOptions { TotalQueueCount = 1 }, "trajectories");
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();
    private readonly StreamLogs _logs;
    private readonly LogTrimmer _trimmer;

    public LogTrimmerTests()
    {
        _logs = NewLogs();
        _trimmer = new LogTrimmer(_logs, _mapper, _time);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_was_delivered_and_is_held_by_nobody_goes_when_every_writer_knows()
    {
        await PublishAsync(_logs, 5);
        await _logs.Cursor(Partition).AdvanceAsync(4, Cancellation);

        await _trimmer.TrimAsync(Cancellation);
        Assert.Equal([1, 2, 3, 4, 5], await SegmentsAsync());

        _time.Advance(LogTrimmer.Grace);
        await _trimmer.TrimAsync(Cancellation);
        Assert.Equal([4, 5], await SegmentsAsync());
    }

    [Fact]
    public async Task What_was_not_delivered_stays()
    {
        await PublishAsync(_logs, 3);

        await TrimAllAsync();

        Assert.Equal([1, 2, 3], await SegmentsAsync());
    }

    [Fact]
    public async Task What_any_run_holds_stays_until_it_lets_go()
    {
        await PublishAsync(_logs, 6);
        await _trimmer.HoldAsync(Stream, "slow", 2, Cancellation);
        await _trimmer.HoldAsync(Stream, "fast", 5, Cancellation);
        await _logs.Cursor(Partition).AdvanceAsync(7, Cancellation);

        await TrimAllAsync();
        Assert.Equal([2, 3, 4, 5, 6], await SegmentsAsync());

        await _trimmer.HoldAsync(Stream, "slow", 4, Cancellation);
        await TrimAllAsync();
        Assert.Equal([4, 5, 6], await SegmentsAsync());

        await _trimmer.ReleaseAsync(Stream, "slow", Cancellation);
        await TrimAllAsync();
        Assert.Equal([5, 6], await SegmentsAsync());
    }

    [Fact]
    public async Task A_hold_from_the_beginning_keeps_all_that_comes_and_repeating_it_changes_nothing()
    {
        await PublishAsync(_logs, 2);
        await _logs.Cursor(Partition).AdvanceAsync(3, Cancellation);
        await _trimmer.HoldAsync(Stream, "run", 0, Cancellation);
        await PublishAsync(_logs, 3);
        await _logs.Cursor(Partition).AdvanceAsync(6, Cancellation);

        await _trimmer.HoldAsync(Stream, "run", 0, Cancellation);
        await TrimAllAsync();

        Assert.Equal([3, 4, 5], await SegmentsAsync());
    }

    [Fact]
    public async Task A_hold_never_moves_back()
    {
        await PublishAsync(_logs, 4);
        await _logs.Cursor(Partition).AdvanceAsync(5, Cancellation);
        await _trimmer.HoldAsync(Stream, "run", 4, Cancellation);
        await _trimmer.HoldAsync(Stream, "run", 2, Cancellation);

        await TrimAllAsync();

        Assert.Equal([4], await SegmentsAsync());
    }

    /// <summary>Its next number is free again, and no reader will ever look there.</summary>
    [Fact]
    public async Task A_writer_that_slept_through_a_trimming_is_read_all_the_same()
    {
        var sleeper = NewLogs();
        var adapter = Adapter(sleeper);
        await PublishAsync(adapter);
        await PublishAsync(_logs, 6);
        await _logs.Cursor(Partition).AdvanceAsync(7, Cancellation);
        await TrimAllAsync();
        Assert.Equal([7], await SegmentsAsync());

        await PublishAsync(adapter);

        Assert.Contains(8, await SegmentsAsync());
    }

    [Fact]
    public async Task A_receiver_whose_next_segment_was_removed_goes_on_behind_it()
    {
        var receiver = Adapter(_logs).CreateReceiver(_mapper.GetQueueForStream(Stream));
        await receiver.Initialize(TimeSpan.FromSeconds(1), Cancellation);
        await PublishAsync(_logs, 5);
        await _logs.Cursor(Partition).AdvanceAsync(4, Cancellation);
        await TrimAllAsync();

        Assert.Empty(await receiver.GetQueueMessagesAsync(1, Cancellation));
        var batch = Assert.Single(await receiver.GetQueueMessagesAsync(1, Cancellation));

        Assert.Equal(4, LogStreamReader.PlaceOf(batch.SequenceToken));
    }

    private StreamLogs NewLogs() => new(_folder.Store, "streams");

    private LogQueueAdapter Adapter(StreamLogs logs) => new(
        "trajectories", logs, _mapper, _services.GetRequiredService<Serializer<LogBatch>>(), new LogStreamOptions(), _time, NullLoggerFactory.Instance);

    private async Task PublishAsync(StreamLogs logs, int events)
    {
        var adapter = Adapter(logs);
        for (var at = 0; at < events; at++)
            await PublishAsync(adapter);
    }

    private static Task PublishAsync(LogQueueAdapter adapter) => adapter.QueueMessageBatchAsync(Stream, ["event"], null, null);

    private async Task TrimAllAsync()
    {
        await _trimmer.TrimAsync(Cancellation);
        _time.Advance(LogTrimmer.Grace);
        await _trimmer.TrimAsync(Cancellation);
        _time.Advance(LogTrimmer.Grace);
        await _trimmer.TrimAsync(Cancellation);
    }

    private async Task<List<long>> SegmentsAsync()
    {
        List<long> numbers = [];
        await foreach (var entry in _folder.Store.ListAsync($"streams/{Partition}/log/", Cancellation))
            numbers.Add(long.Parse(entry.Name.AsSpan(entry.Name.LastIndexOf('/') + 1), null));

        return numbers;
    }
}
