using System.Text;
using SeedOrleans.Engine.Storage;
using SeedOrleans.Engine.Storage.LocalFolder;
using SeedOrleans.Engine.Storage.Logs;

namespace SeedOrleans.Engine.Tests.Storage.Logs;

public sealed class SegmentedLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seed-log-").FullName;
    private readonly SegmentedLog _log;

    public SegmentedLogTests() => _log = new SegmentedLog(new LocalFolderStore(_folder), "log/p0");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_is_appended_is_read_at_the_place_it_was_given()
    {
        await using var writer = new LogWriter(_log);

        var first = await AppendAsync(writer, "one");
        var second = await AppendAsync(writer, "two");

        Assert.True(first < second);
        Assert.Equal("one", await ReadAsync(first));
        Assert.Equal("two", await ReadAsync(second));
        Assert.Null(await _log.ReadAsync(second.Segment + 1, Token));
    }

    [Fact]
    public async Task Records_that_wait_together_are_written_together()
    {
        await using var writer = new LogWriter(_log);

        var positions = await Task.WhenAll(Enumerable.Range(0, 500).Select(number => AppendAsync(writer, $"{number}")));

        Assert.True(positions.Max(position => position.Segment) < 100, "Five hundred records should share segments.");
        Assert.Equal(positions.Order(), positions);
        for (var number = 0; number < positions.Length; number++)
            Assert.Equal($"{number}", await ReadAsync(positions[number]));
    }

    [Fact]
    public async Task Writers_that_race_lose_nothing_and_leave_no_gap()
    {
        const int Writers = 4;
        const int Each = 50;

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            await using var log = new LogWriter(new SegmentedLog(new LocalFolderStore(_folder), "log/p0"));
            for (var number = 0; number < Each; number++)
                await AppendAsync(log, $"{writer}.{number}");
        }));

        var all = await ReadAllAsync();
        Assert.Equal(Writers * Each, all.Count);
        Assert.Equal(Writers * Each, all.Distinct().Count());
        for (var writer = 0; writer < Writers; writer++)
            Assert.Equal(Enumerable.Range(0, Each).Select(number => $"{writer}.{number}"), all.Where(text => text.StartsWith($"{writer}.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_later_writer_goes_on_where_the_log_ends()
    {
        await using (var writer = new LogWriter(_log))
            await AppendAsync(writer, "before");

        await using var later = new LogWriter(_log);
        Assert.Equal(new LogPosition(2, 0), await AppendAsync(later, "after"));
        Assert.Equal(2, await _log.FindLastAsync(Token));
    }

    [Fact]
    public async Task Trimming_keeps_what_is_asked_for_and_the_count()
    {
        await using var writer = new LogWriter(_log);
        for (var number = 1; number <= 5; number++)
            await AppendAsync(writer, $"{number}");

        await _log.TrimAsync(4, Token);
        Assert.Null(await _log.ReadAsync(3, Token));
        Assert.NotNull(await _log.ReadAsync(4, Token));

        await _log.TrimAsync(100, Token);
        Assert.Equal(5, await _log.FindLastAsync(Token));
        await using var later = new LogWriter(_log);
        Assert.Equal(6, (await AppendAsync(later, "6")).Segment);
    }

    [Fact]
    public async Task A_writer_that_ended_refuses()
    {
        var writer = new LogWriter(_log);
        await writer.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => AppendAsync(writer, "late"));
    }

    [Fact]
    public async Task A_store_that_fails_fails_the_append_and_not_the_writer()
    {
        await using var writer = new LogWriter(_log);
        var path = Path.Combine(_folder, "log");
        await File.WriteAllTextAsync(path, "in the way", Token);

        await Assert.ThrowsAsync<BlobException>(() => AppendAsync(writer, "one"));

        File.Delete(path);
        Assert.Equal(new LogPosition(1, 0), await AppendAsync(writer, "one"));
    }

    private static Task<LogPosition> AppendAsync(LogWriter writer, string text) => writer.AppendAsync(Encoding.UTF8.GetBytes(text), Token);

    private async Task<string> ReadAsync(LogPosition position) =>
        Encoding.UTF8.GetString((await _log.ReadAsync(position.Segment, Token))!.Records[position.Record].Span);

    private async Task<List<string>> ReadAllAsync()
    {
        List<string> all = [];
        for (var number = 1L; await _log.ReadAsync(number, Token) is { } segment; number++)
        {
            Assert.Null(segment.Damage);
            all.AddRange(segment.Records.Select(record => Encoding.UTF8.GetString(record.Span)));
        }

        return all;
    }
}
