using SeedOrleans.Engine.Storage.LocalFolder;
using SeedOrleans.Engine.Storage.Logs;
using SeedOrleans.Engine.Tests.Models.HuggingFace;

namespace SeedOrleans.Engine.Tests.Storage.Logs;

/// <summary>Every fault at every call to the store, appending and reading.</summary>
public sealed class LogFaultTests
{
    private const int Records = 5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_acknowledged_is_at_its_place_or_the_log_says_that_it_is_not()
    {
        var struck = await FaultyStore.AtEveryCallAsync(Enum.GetValues<Fault>(), async (fault, at) =>
        {
            using var folder = new TemporaryFolder();
            var store = new LocalFolderStore(folder.Path);
            await AppendAsync(new SegmentedLog(store, "log"), "before");
            var faulty = new FaultyStore(store, fault, at);

            var acknowledged = await AppendAsync(new SegmentedLog(faulty, "log"), "under fault");
            var after = await AppendAsync(new SegmentedLog(store, "log"), "after");

            var log = new SegmentedLog(store, "log");
            var losses = 0;
            foreach (var (position, text) in acknowledged.Concat(after))
                losses += await ReadAsync(log, position) == text ? 0 : 1;

            Assert.Equal(Records, after.Count);
            Assert.InRange(losses, 0, fault is Fault.TornWrite or Fault.FlipAtRest or Fault.Missing && faulty.HasStruck ? 1 : 0);
            if (fault != Fault.Missing)
                await FindNoGapAsync(log);

            return faulty;
        });

        Assert.InRange(struck, 11 * Records, 1000);
    }

    [Fact]
    public async Task A_reader_gets_what_was_written_or_hears_of_the_damage()
    {
        var struck = await FaultyStore.AtEveryCallAsync(Enum.GetValues<Fault>(), async (fault, at) =>
        {
            using var folder = new TemporaryFolder();
            var store = new LocalFolderStore(folder.Path);
            var written = await AppendAsync(new SegmentedLog(store, "log"), "written");
            var faulty = new FaultyStore(store, fault, at);
            var log = new SegmentedLog(faulty, "log");
            try
            {
                foreach (var (position, text) in written)
                {
                    var read = await ReadAsync(log, position);
                    Assert.True(read == text || (read is null && fault is Fault.FlipOnRead or Fault.FlipAtRest or Fault.Missing), $"{fault} at {at}: {read}");
                }
            }
            catch (Exception named) when (named is ProcessDiedException or IOException)
            {
                Assert.Contains(fault, (Fault[])[Fault.CrashBefore, Fault.CrashAfter, Fault.Unavailable]);
            }

            return faulty;
        });

        Assert.Equal(Enum.GetValues<Fault>().Length * Records, struck);
    }

    /// <summary>Appends one after the other, and goes on after a failure as long as the process lives.</summary>
    /// <returns>What was acknowledged.</returns>
    private static async Task<Dictionary<LogPosition, string>> AppendAsync(SegmentedLog log, string what)
    {
        Dictionary<LogPosition, string> acknowledged = [];
        await using var writer = new LogWriter(log);
        for (var number = 0; number < Records; number++)
            try
            {
                var text = $"{what}, record {number}";
                acknowledged.Add(await writer.AppendAsync(System.Text.Encoding.UTF8.GetBytes(text), Token), text);
            }
            catch (Exception named) when (named is ProcessDiedException or IOException)
            {
                // Not acknowledged: it may be in the log or not.
            }

        return acknowledged;
    }

    /// <returns>Null where the log says that the record is damaged or not there.</returns>
    private static async Task<string?> ReadAsync(SegmentedLog log, LogPosition position)
    {
        if (await log.ReadAsync(position.Segment, Token) is not { } segment)
            return null;

        if (position.Record < segment.Records.Count)
            return System.Text.Encoding.UTF8.GetString(segment.Records[position.Record].Span);

        Assert.NotNull(segment.Damage);
        return null;
    }

    private static async Task FindNoGapAsync(SegmentedLog log)
    {
        var last = await log.FindLastAsync(Token);
        for (var number = 1L; number <= last; number++)
            Assert.NotNull(await log.ReadAsync(number, Token));
    }
}
